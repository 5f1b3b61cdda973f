package org.anabranch.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.gradient.GradientMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench backsolve}: how near the continuous adjoint comes at a tolerance. */
@Command(
    name = "backsolve",
    description = "Errors of the continuous adjoint against tolerances, as Markdown.",
    mixinStandardHelpOptions = true)
final class BacksolveCommand implements Callable<Integer> {
  private static final Backend BACKEND = new SimdBackend(WorkingPrecision.FLOAT64);
  private static final String METHOD = "dopri5";
  private static final double RATE = -0.1;

  @Option(
      names = "--tolerances",
      split = ",",
      paramLabel = "TOL",
      defaultValue = "1e-3,1e-4,1e-5,1e-6,1e-7,1e-8,1e-9,1e-10",
      description = "Relative and absolute alike; ${DEFAULT-VALUE} without it.")
  private List<Double> tolerances = new ArrayList<>();

  @Override
  public Integer call() {
    ProgramOutput.print(
        "A tanh network 64-64-64 to T = 5, float64, dopri5: errors and steps back.\n\n");
    ProgramOutput.print(network());
    ProgramOutput.print("\nz' = -0.1 z to T, float64, dopri5: errors.\n\n");
    ProgramOutput.print(linear());
    return 0;
  }

  private String network() {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (double tolerance : tolerances) {
      BacksolveError ofSteps = BacksolveError.of(GradientMode.checkpointed(), tolerance);
      BacksolveError semi = BacksolveError.of(GradientMode.backsolve(), tolerance);
      BacksolveError full = BacksolveError.of(GradientMode.backsolve().withFullNorm(), tolerance);
      rows.put(
          name(tolerance),
          List.of(
              ofSteps.ofTruth(),
              semi.ofTruth(),
              semi.ofSolve(),
              (double) semi.steps(),
              full.ofTruth(),
              (double) full.steps()));
    }
    return PeerErrors.markdown(
        "tolerance",
        List.of(
            "checkpointed, to the truth",
            "backsolve, to the truth",
            "backsolve, to the steps taken",
            "steps back",
            "full norm, to the truth",
            "steps back"),
        rows);
  }

  private String linear() {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (double tolerance : tolerances) {
      List<Double> row = new ArrayList<>();
      for (double end : new double[] {1, 10, 50}) {
        row.add(solve(GradientMode.checkpointed(), tolerance, end).trueError());
        LinearSolve back = solve(GradientMode.backsolve(), tolerance, end);
        row.add(back.trueError());
        row.add(back.discreteError());
      }
      rows.put(name(tolerance), row);
    }
    List<String> titles = new ArrayList<>();
    for (int end : new int[] {1, 10, 50}) {
      titles.add("T = %d: checkpointed, to the truth".formatted(end));
      titles.add("backsolve, to the truth");
      titles.add("backsolve, to the steps taken");
    }
    return PeerErrors.markdown("tolerance", titles, rows);
  }

  private static LinearSolve solve(GradientMode mode, double tolerance, double end) {
    return LinearSolve.of(BACKEND, METHOD, mode, tolerance, RATE, end);
  }

  private static String name(double tolerance) {
    return String.format(Locale.ROOT, "%.0e", tolerance);
  }
}
