package org.anabranch.check;

import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.SteppedSolve;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Pipeline;

/** A solve of a pipeline's field by one method, that has run once. */
final class WorkSolve {
  private static final int REPEATS = 3;

  /** What is solved: a field from some initial values. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Problem(Pipeline pipeline, double[] theta, double[] start, int rows) {}

  private final Problem problem;
  private final Method method;
  private final Stepping stepping;
  private final SteppedSolve solve;
  private final double[] end;
  private final double tried;
  private final double accepted;
  private final String note;

  WorkSolve(Problem problem, Backend backend, Method method, Stepping stepping) {
    this.problem = problem;
    this.method = method;
    this.stepping = stepping;
    Pipeline pipeline = problem.pipeline;
    Parameters parameters = backend.parameters(pipeline.layout());
    parameters.load(problem.theta);
    solve =
        new SteppedSolve(
            backend, method, pipeline.field(), Map.of(), parameters, stepping, false, problem.rows);
    run();
    end = new double[problem.start.length];
    solve.solve().solution().get(end);
    List<SampleReport> reports = solve.reports();
    double known = stepping instanceof TimeGrid grid ? grid.steps() : 0;
    accepted = reports.stream().mapToInt(SampleReport::accepted).average().orElse(known);
    tried = accepted + reports.stream().mapToInt(SampleReport::rejected).average().orElse(0);
    note = sentence();
  }

  private long run() {
    solve.solve().initialValue().set(problem.start);
    long began = System.nanoTime();
    solve.run((step, state) -> {}, new AdaptiveSolve.Observer() {});
    return System.nanoTime() - began;
  }

  private String sentence() {
    Outcomes outcomes = new Outcomes(problem.rows, problem.pipeline.field().dimension());
    outcomes.judge(solve.solve());
    for (int row = 0; row < problem.rows; row++) {
      Outcome outcome = outcomes.outcome(row);
      if (outcome == Outcome.UNSTABLE || !outcome.isSolved()) {
        return outcome.sentence();
      }
    }
    return "";
  }

  Method method() {
    return method;
  }

  Stepping stepping() {
    return stepping;
  }

  /** The solution of every sample at the end. */
  double[] end() {
    return end.clone();
  }

  /** Steps tried, the mean of the samples. */
  double tried() {
    return tried;
  }

  /** Steps accepted, the mean of the samples. */
  double accepted() {
    return accepted;
  }

  /** Why a sample is not solved; empty if all are. */
  String note() {
    return note;
  }

  /**
   * The fastest of several further runs, in milliseconds.
   *
   * @param timing nanoseconds that they take together at least
   */
  double time(long timing) {
    long best = Long.MAX_VALUE;
    long all = 0;
    for (int i = 0; i < REPEATS || all < timing; i++) {
      long taken = run();
      best = Math.min(best, taken);
      all += taken;
    }
    return best / 1e6;
  }
}
