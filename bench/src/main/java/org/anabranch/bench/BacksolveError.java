package org.anabranch.bench;

import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Method;

/**
 * What a gradient of the tanh network costs at a tolerance, and how near it comes. Errors are the
 * largest difference of a component, by the largest component.
 *
 * @param ofTruth against the gradient at a tolerance of 1e-13
 * @param ofSolve against the gradient of the steps taken
 * @param steps back, of the first sample
 */
record BacksolveError(double ofTruth, double ofSolve, int steps) {
  private static final Backend BACKEND = new SimdBackend(WorkingPrecision.FLOAT64);
  private static final int ROWS = 4;
  private static final double END = 5;
  private static final double TRUE = 1e-13;

  static BacksolveError of(GradientMode mode, double tolerance) {
    TanhSolve solve = solved("dopri5", mode, tolerance);
    double[] gradient = solve.gradient();
    double[] truth = solved("dopri8", GradientMode.direct(), TRUE).gradient();
    double[] ofSteps = solved("dopri5", GradientMode.direct(), tolerance).gradient();
    return new BacksolveError(
        GradientError.difference(gradient, truth),
        GradientError.difference(gradient, ofSteps),
        solve.solve().stepsBack(0));
  }

  private static TanhSolve solved(String method, GradientMode mode, double tolerance) {
    AdaptiveSteps steps = AdaptiveSteps.of(tolerance, tolerance);
    AdaptiveSpan span = new AdaptiveSpan(0, END, steps);
    TanhSolve solve = TanhSolve.of(BACKEND, Method.named(method), mode, span, ROWS);
    solve.startApart(ROWS);
    solve.run();
    return solve;
  }
}
