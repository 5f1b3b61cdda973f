// Generated from ScalarChains.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import org.anabranch.graph.UnaryFunction;

/** {@link ScalarChains} with {@code double} for {@code float}. */
final class DoubleScalarChains implements DoubleChains {
  @Override
  public void timesDerivative(
      UnaryFunction f, int count, double[] c, int ci, double[] y, int yi, double[] out, int oi) {
    switch (f) {
      case TANH -> timesTanhDerivative(count, c, ci, y, yi, out, oi);
      case SIGMOID -> timesSigmoidDerivative(count, c, ci, y, yi, out, oi);
      default -> throw new AssertionError("no chain for the derivative of " + f);
    }
  }

  private static void timesTanhDerivative(
      int n, double[] c, int ci, double[] y, int yi, double[] out, int oi) {
    for (int i = 0; i < n; i++) {
      double v = y[yi + i];
      double square = v * v;
      out[oi + i] = c[ci + i] * (1 - square);
    }
  }

  private static void timesSigmoidDerivative(
      int n, double[] c, int ci, double[] y, int yi, double[] out, int oi) {
    for (int i = 0; i < n; i++) {
      double v = y[yi + i];
      out[oi + i] = c[ci + i] * (v * (1 - v));
    }
  }

  @Override
  public void addScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    for (int i = 0; i < count; i++) {
      out[oi + i] = a[ai + i] + b[bi + i] * s;
    }
  }

  @Override
  public void subtractScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    for (int i = 0; i < count; i++) {
      out[oi + i] = a[ai + i] - b[bi + i] * s;
    }
  }

  @Override
  public void subtractFromScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    for (int i = 0; i < count; i++) {
      out[oi + i] = b[bi + i] * s - a[ai + i];
    }
  }
}
