package org.anabranch.backend.simd;

import org.anabranch.graph.UnaryFunction;

/** {@link Chains} number by number. */
final class ScalarChains implements Chains {
  @Override
  public void timesDerivative(
      UnaryFunction f, int count, float[] c, int ci, float[] y, int yi, float[] out, int oi) {
    switch (f) {
      case TANH -> timesTanhDerivative(count, c, ci, y, yi, out, oi);
      case SIGMOID -> timesSigmoidDerivative(count, c, ci, y, yi, out, oi);
      default -> throw new AssertionError("no chain for the derivative of " + f);
    }
  }

  private static void timesTanhDerivative(
      int n, float[] c, int ci, float[] y, int yi, float[] out, int oi) {
    for (int i = 0; i < n; i++) {
      float v = y[yi + i];
      float square = v * v;
      out[oi + i] = c[ci + i] * (1 - square);
    }
  }

  private static void timesSigmoidDerivative(
      int n, float[] c, int ci, float[] y, int yi, float[] out, int oi) {
    for (int i = 0; i < n; i++) {
      float v = y[yi + i];
      out[oi + i] = c[ci + i] * (v * (1 - v));
    }
  }

  @Override
  public void addScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    for (int i = 0; i < count; i++) {
      out[oi + i] = a[ai + i] + b[bi + i] * s;
    }
  }

  @Override
  public void subtractScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    for (int i = 0; i < count; i++) {
      out[oi + i] = a[ai + i] - b[bi + i] * s;
    }
  }

  @Override
  public void subtractFromScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    for (int i = 0; i < count; i++) {
      out[oi + i] = b[bi + i] * s - a[ai + i];
    }
  }
}
