package org.anabranch.bench;

import java.util.Arrays;
import java.util.List;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Initialiser;
import org.anabranch.nn.Perceptron;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;

/**
 * A solve whose field is a tanh network 64-64-64, with L = Σ z(T)² / 2 and its gradient by the
 * parameters.
 */
record TanhSolve(
    SolveGradient solve, ParameterLayout layout, Parameters parameters, Accumulators sums) {
  private static final int WIDTH = 64;

  static TanhSolve of(Backend backend, Method method, GradientMode mode, Stepping grid, int rows) {
    Perceptron network = new Perceptron("field", List.of(WIDTH, WIDTH, WIDTH), Activation.TANH);
    ParameterLayout layout = ParameterLayout.of(network.parameters());
    Field field = Field.of(WIDTH, (t, z) -> network.apply(z));
    Parameters parameters = backend.parameters(layout);
    parameters.load(Initialiser.glorot(layout, 1));
    Accumulators sums = backend.accumulators(layout);
    SolveGradient solve =
        new SolveGradient(backend, method, field, parameters, sums, grid, mode, rows);
    return new TanhSolve(solve, layout, parameters, sums);
  }

  /** Starts every number of every sample at the same value. */
  void startAt(double value, int rows) {
    double[] start = new double[rows * WIDTH];
    Arrays.fill(start, value);
    solve.solve().initialValue().set(start);
  }

  /** Starts each number of each sample at one of its own in (−1, 1). */
  void startApart(int rows) {
    double[] start = new double[rows * WIDTH];
    for (int i = 0; i < start.length; i++) {
      double turn = (i + 1) * 0.6180339887498949;
      start[i] = 2 * (turn - Math.floor(turn)) - 1;
    }
    solve.solve().initialValue().set(start);
  }

  void run() {
    solve.forward();
    solve.solutionCotangent().copyFrom(solve.solve().solution());
    solve.backward();
  }

  double[] gradient() {
    double[] gradient = new double[layout.size()];
    sums.total(gradient);
    return gradient;
  }

  long bytes() {
    return solve.bytes() + parameters.bytes() + sums.bytes();
  }
}
