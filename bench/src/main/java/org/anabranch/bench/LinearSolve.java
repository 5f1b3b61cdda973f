package org.anabranch.bench;

import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Method;
import org.anabranch.solver.StepTimes;
import org.anabranch.solver.Tableau;

/**
 * z' = αz from z₀ = 1 to T on adaptive steps, L = z(T)², its gradient, and how far that is from the
 * gradient of the discrete solve and from the true one. Errors are relative; the larger of those by
 * z₀ and by α.
 */
record LinearSolve(int steps, double discreteError, double trueError) {
  private static final String RATE = "alpha";
  private static final double START = 1;

  /**
   * @param tolerance relative and absolute
   */
  static LinearSolve of(
      Backend backend,
      String method,
      GradientMode mode,
      double tolerance,
      double rate,
      double end) {
    Shape shape = Shape.vector(1);
    ParameterLayout layout = ParameterLayout.of(Map.of(RATE, shape));
    Parameters parameters = backend.parameters(layout);
    parameters.load(new double[] {rate});
    Accumulators sums = backend.accumulators(layout);
    Field field = Field.of(1, (t, z) -> z.times(Value.parameter(RATE, shape)));
    AdaptiveSpan span = new AdaptiveSpan(0, end, AdaptiveSteps.of(tolerance, tolerance));
    SolveGradient solve =
        new SolveGradient(backend, Method.named(method), field, parameters, sums, span, mode, 1);
    solve.solve().initialValue().set(new double[] {START});
    solve.forward();
    double[] number = new double[1];
    solve.solve().solution().get(number);
    solve.solutionCotangent().set(new double[] {2 * number[0]});
    solve.backward();
    solve.initialCotangent().get(number);
    double byStart = number[0];
    sums.total(number);
    double[] times = times(((AdaptiveSolve) solve.solve()).times());
    LinearReplay replay =
        method.equals("alf")
            ? LinearReplay.leapfrog(times, rate, START)
            : LinearReplay.explicit(Tableau.named(method), times, rate, START);
    return new LinearSolve(
        times.length - 1,
        error(replay, byStart, number[0]),
        error(exact(rate, end), byStart, number[0]));
  }

  private static double[] times(StepTimes taken) {
    double[] times = new double[taken.steps(0) + 1];
    for (int i = 0; i < times.length; i++) {
      times[i] = taken.time(0, i);
    }
    return times;
  }

  private static LinearReplay exact(double rate, double end) {
    double growth = Math.exp(rate * end);
    return new LinearReplay(START * growth, growth, START * end * growth);
  }

  private static double error(LinearReplay expected, double byStart, double byRate) {
    double start = 2 * expected.end() * expected.byStart();
    double rate = 2 * expected.end() * expected.byRate();
    return Math.max(Math.abs(byStart / start - 1), Math.abs(byRate / rate - 1));
  }
}
