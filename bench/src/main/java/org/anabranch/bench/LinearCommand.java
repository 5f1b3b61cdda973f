package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.gradient.GradientMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench linear}: gradient errors of adaptive solves of z' = αz. */
@Command(
    name = "linear",
    description = "Errors of the gradient of z(T)² for z' = αz on adaptive steps, as Markdown.",
    mixinStandardHelpOptions = true)
final class LinearCommand implements Callable<Integer> {
  private static final List<Double> RATES = List.of(0.1, -0.1);
  private static final List<Double> TOLERANCES = List.of(1e-3, 1e-5, 1e-8);
  private static final double TOLERANCE = 1e-5;

  /** A column: a method and how its states come back. */
  private enum Way {
    DOPRI5_DIRECT("dopri5", GradientMode.direct()),
    DOPRI5_CHECKPOINTED("dopri5", GradientMode.checkpointed()),
    TSIT5_CHECKPOINTED("tsit5", GradientMode.checkpointed()),
    DOPRI8_CHECKPOINTED("dopri8", GradientMode.checkpointed()),
    ALF_CHECKPOINTED("alf", GradientMode.checkpointed()),
    ALF_REVERSIBLE("alf", GradientMode.reversible());

    private final String method;
    @SuppressWarnings("ImmutableEnumChecker") // modes are records of numbers
    private final GradientMode mode;

    Way(String method, GradientMode mode) {
      this.method = method;
      this.mode = mode;
    }

    String title() {
      return method + ", " + mode.name();
    }

    LinearSolve solve(Backend backend, double tolerance, double rate, double end) {
      return LinearSolve.of(backend, method, mode, tolerance, rate, end);
    }
  }

  @Option(
      names = "--ends",
      split = ",",
      paramLabel = "T",
      defaultValue = "1,2,5,10,20,50",
      description = "Ends of the solves; ${DEFAULT-VALUE} without it.")
  private List<Double> ends = new ArrayList<>();

  @Option(
      names = "--peers",
      paramLabel = "FILE",
      description = "The peers' errors, a JSON object a line, for columns beside ours.")
  private @Nullable Path peers;

  @Override
  public Integer call() throws IOException {
    Backend twice = new SimdBackend(WorkingPrecision.FLOAT64);
    Backend single = new SimdBackend();
    StringBuilder text = new StringBuilder();
    text.append(
        "Against the gradient of the discrete solve, float64: the largest over α and T.\n\n");
    text.append(discrete(twice, LinearSolve::discreteError));
    text.append("\nThe same in float32.\n\n");
    text.append(discrete(single, LinearSolve::discreteError));
    text.append("\nAgainst the true gradient, tolerances 1e-5, float64; then steps.\n\n");
    text.append(analytic(twice, LinearSolve::trueError));
    text.append('\n').append(analytic(twice, LinearSolve::steps));
    if (peers != null) {
      text.append("\nThe peers, against the true gradient, float32.\n\n");
      text.append(PeerErrors.read(peers).table(RATES, ends));
    }
    ProgramOutput.print(text.toString());
    return 0;
  }

  private String discrete(Backend backend, ToDoubleFunction<LinearSolve> figure) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (double tolerance : TOLERANCES) {
      List<Double> row = new ArrayList<>();
      for (Way way : Way.values()) {
        double worst = 0;
        for (double rate : RATES) {
          for (double end : ends) {
            worst = Math.max(worst, figure.applyAsDouble(way.solve(backend, tolerance, rate, end)));
          }
        }
        row.add(worst);
      }
      rows.put(String.format(Locale.ROOT, "%.0e", tolerance), row);
    }
    return table("tolerance", rows);
  }

  private String analytic(Backend backend, ToDoubleFunction<LinearSolve> figure) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (double rate : RATES) {
      for (double end : ends) {
        List<Double> row = new ArrayList<>();
        for (Way way : Way.values()) {
          row.add(figure.applyAsDouble(way.solve(backend, TOLERANCE, rate, end)));
        }
        rows.put(PeerErrors.problem(rate, end), row);
      }
    }
    return table("α, T", rows);
  }

  private static String table(String first, Map<String, List<Double>> rows) {
    List<String> titles = new ArrayList<>();
    for (Way way : Way.values()) {
      titles.add(way.title());
    }
    return PeerErrors.markdown(first, titles, rows);
  }
}
