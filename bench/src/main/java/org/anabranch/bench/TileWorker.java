package org.anabranch.bench;

import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.solver.Method;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.Stepping;

/** Loss and gradient of one tile of samples after the other. For one thread at a time. */
final class TileWorker {
  private final Parameters parameters;
  private final Accumulators accumulators;
  private final SolveGradient solve;
  private final double[] solution;
  private final int numbers;

  /**
   * @param rows samples of a tile
   */
  TileWorker(
      Backend backend,
      OdeProblem problem,
      Method method,
      GradientMode mode,
      Stepping stepping,
      int rows) {
    parameters = backend.parameters(problem.layout());
    accumulators = backend.accumulators(problem.layout());
    solve =
        new SolveGradient(
            backend, method, problem.field(), parameters, accumulators, stepping, mode, rows);
    solution = new double[rows * problem.dimension()];
    numbers = problem.rows() * problem.dimension();
  }

  /** Takes new weights, as a step of training would. */
  void load(double[] values) {
    parameters.load(values);
  }

  /**
   * The tile's part of the loss; its part of the gradient goes to {@code gradient}.
   *
   * @param initialValues of the tile's samples
   */
  double run(float[] initialValues, double[] gradient) {
    accumulators.clear();
    solve.solve().initialValue().set(initialValues);
    solve.forward();
    requireSolved();
    solve.solve().solution().get(solution);
    double sum = 0;
    for (int i = 0; i < solution.length; i++) {
      sum += solution[i] * solution[i];
      solution[i] = 2 * solution[i] / numbers;
    }
    solve.solutionCotangent().set(solution);
    solve.backward();
    accumulators.total(gradient);
    return sum / numbers;
  }

  private void requireSolved() {
    for (SampleReport report : solve.reports()) {
      if (!report.outcome().isSolved()) {
        throw new IllegalStateException(
            "a sample was not solved: %s. Use a larger --tolerance, or a smaller --scale."
                .formatted(report.sentence()));
      }
    }
  }

  /** The adaptive steps of the last {@link #run}; none on a fixed grid. */
  StepCounts steps() {
    return StepCounts.of(solve.reports());
  }

  /** The mode in use, settled for the method and the stepping. */
  GradientMode mode() {
    return solve.mode();
  }

  /** The bytes reserved by programs, states, stored states, weights and gradient. */
  long bytes() {
    return solve.bytes() + parameters.bytes() + accumulators.bytes();
  }
}
