package org.anabranch.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Evaluations;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.SteppedSolve;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Pipeline;

/** Every method that takes a pipeline's field, over step counts and tolerances. */
final class WorkPrecision {
  /** A Jacobian of more components costs more than it is worth: methods for stiff fields. */
  private static final int JACOBIAN = 32;

  private static final double[] TOLERANCES = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6};
  private static final int[] FACTORS = {1, 2, 4, 8, 16};
  private static final int REPEATS = 3;
  private static final double TIGHT = 1e-11;

  private final Pipeline pipeline;
  private final Backend backend;
  private final double[] theta;
  private final double[] start;
  private final int rows;
  private final long timing;
  private final double[] truth;

  /**
   * @param start the initial values of the samples
   * @param timing nanoseconds for which each solve is repeated to find its fastest run
   */
  WorkPrecision(
      Pipeline pipeline, Backend backend, double[] theta, double[] start, int rows, long timing) {
    this.timing = timing;
    this.pipeline = pipeline;
    this.backend = backend;
    this.theta = theta;
    this.start = start;
    this.rows = rows;
    AdaptiveSteps tight = AdaptiveSteps.of(TIGHT, TIGHT);
    Stepping span = new AdaptiveSpan(pipeline.stepping().start(), pipeline.stepping().end(), tight);
    Backend twice = new SimdBackend(WorkingPrecision.FLOAT64);
    Solved solved = new Solved(twice, Method.named("dopri8"), span);
    if (!solved.note.isEmpty()) {
      throw new IllegalArgumentException(
          "Check: no tight solution to measure errors against, dopri8 at a tolerance of 1e-11 ended with: %s. Bound the field, or shorten the interval."
              .formatted(solved.note));
    }
    truth = solved.end;
  }

  /** The row of the configuration first, then every method's. */
  List<WorkRow> rows() {
    List<Solved> all = new ArrayList<>();
    all.add(new Solved(backend, pipeline.method(), pipeline.stepping()));
    for (String name : Method.names()) {
      Method method = Method.named(name);
      if (takes(method)) {
        for (Stepping stepping : steppings(method)) {
          boolean same =
              name.equals(pipeline.method().name()) && stepping.equals(pipeline.stepping());
          if (!same) {
            all.add(new Solved(backend, method, stepping));
          }
        }
      }
    }
    // Times come last, when what all of them run is compiled, and the first solve's at the very
    // end.
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).time();
    }
    return all.stream().map(solved -> row(solved, solved == all.get(0))).toList();
  }

  private boolean takes(Method method) {
    Field field = pipeline.field();
    if (method.name().startsWith("rodas") && field.dimension() > JACOBIAN) {
      return false;
    }
    try {
      return method.step(field) != null;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private Set<Stepping> steppings(Method method) {
    double from = pipeline.stepping().start();
    double to = pipeline.stepping().end();
    int configured = pipeline.stepping() instanceof TimeGrid grid ? grid.steps() : 8;
    int fewest = Math.max(1, configured / 4);
    Set<Stepping> steppings = new LinkedHashSet<>();
    for (int factor : FACTORS) {
      steppings.add(new TimeGrid(from, to, fewest * factor));
    }
    if (method.error(pipeline.field()).isPresent()) {
      for (double tolerance : TOLERANCES) {
        steppings.add(
            new AdaptiveSpan(
                from, to, AdaptiveSteps.of(tolerance, tolerance / 100).withLimit(10_000)));
      }
    }
    return steppings;
  }

  private WorkRow row(Solved solved, boolean configured) {
    return new WorkRow(
        solved.method.name(),
        solved.stepping,
        configured,
        solved.note.isEmpty() ? error(solved.end) : Double.NaN,
        Evaluations.of(solved.method, pipeline.field()).over(solved.tried),
        solved.accepted,
        solved.milliseconds,
        solved.note);
  }

  private double error(double[] end) {
    double squares = 0;
    double size = 0;
    for (int i = 0; i < end.length; i++) {
      squares += (end[i] - truth[i]) * (end[i] - truth[i]);
      size += truth[i] * truth[i];
    }
    return Math.sqrt(squares / size);
  }

  /** A solve that has run once. */
  private final class Solved {
    private final Method method;
    private final Stepping stepping;
    private final SteppedSolve solve;
    private final double[] end = new double[start.length];
    private final double tried;
    private final double accepted;
    private final String note;
    private double milliseconds;

    private Solved(Backend on, Method method, Stepping stepping) {
      this.method = method;
      this.stepping = stepping;
      Parameters parameters = on.parameters(pipeline.layout());
      parameters.load(theta);
      solve =
          new SteppedSolve(
              on, method, pipeline.field(), Map.of(), parameters, stepping, false, rows);
      run();
      solve.solve().solution().get(end);
      List<SampleReport> reports = solve.reports();
      double known = stepping instanceof TimeGrid grid ? grid.steps() : 0;
      accepted = reports.stream().mapToInt(SampleReport::accepted).average().orElse(known);
      tried = accepted + reports.stream().mapToInt(SampleReport::rejected).average().orElse(0);
      note = note();
    }

    private long run() {
      solve.solve().initialValue().set(start);
      long began = System.nanoTime();
      solve.run((step, state) -> {}, new AdaptiveSolve.Observer() {});
      return System.nanoTime() - began;
    }

    private String note() {
      Outcomes outcomes = new Outcomes(rows, pipeline.field().dimension());
      outcomes.judge(solve.solve());
      for (int row = 0; row < rows; row++) {
        Outcome outcome = outcomes.outcome(row);
        if (outcome == Outcome.UNSTABLE || !outcome.isSolved()) {
          return outcome.sentence();
        }
      }
      return "";
    }

    private void time() {
      long best = Long.MAX_VALUE;
      long all = 0;
      for (int i = 0; i < REPEATS || all < timing; i++) {
        long taken = run();
        best = Math.min(best, taken);
        all += taken;
      }
      milliseconds = best / 1e6;
    }
  }
}
