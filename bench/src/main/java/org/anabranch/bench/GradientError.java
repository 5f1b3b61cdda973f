package org.anabranch.bench;

import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.Method;
import org.anabranch.solver.TimeGrid;

/**
 * What undoing the steps of the asynchronous leapfrog costs the gradient in float32. Each figure is
 * the largest difference of a component, by the largest component.
 *
 * @param exact reversible against direct, states on the grid
 * @param plain reversible against direct, states in float32 ({@code solver.exact = false})
 * @param rounding reversible on the grid in float32 against float64: what float32 itself costs
 */
record GradientError(int steps, double exact, double plain, double rounding) {
  private static final int ROWS = 32;
  private static final double END = 5;

  static GradientError of(int steps) {
    Backend single = new SimdBackend();
    Backend twice = new SimdBackend(WorkingPrecision.FLOAT64);
    GradientMode undo = GradientMode.reversible();
    GradientMode keep = GradientMode.direct();
    double[] undone = gradient(single, Method.alf(), undo, steps);
    return new GradientError(
        steps,
        difference(undone, gradient(single, Method.alf(), keep, steps)),
        difference(
            gradient(single, Method.alf(1), undo, steps),
            gradient(single, Method.alf(1), keep, steps)),
        difference(undone, gradient(twice, Method.alf(), undo, steps)));
  }

  private static double[] gradient(Backend backend, Method method, GradientMode mode, int steps) {
    TanhSolve solve = TanhSolve.of(backend, method, mode, new TimeGrid(0, END, steps), ROWS);
    solve.startApart(ROWS);
    solve.run();
    return solve.gradient();
  }

  static double difference(double[] actual, double[] expected) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
    }
    return difference / largest;
  }
}
