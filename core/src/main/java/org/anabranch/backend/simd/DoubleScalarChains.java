// Generated from ScalarChains.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import org.anabranch.graph.UnaryFunction;

/** {@link ScalarChains} with {@code double} for {@code float}. */
final class DoubleScalarChains implements DoubleChains {
  @Override
  public void timesDerivative(
      UnaryFunction f, int count, double[] c, int ci, double[] y, int yi, double[] out, int oi) {
    DoubleLines lines = DoubleLines.ofThread();
    for (int i = 0; i < count; i += DoubleLines.LENGTH) {
      int n = fetch(lines, count - i, c, ci + i, y, yi + i);
      switch (f) {
        case TANH -> DoubleElementLoops.timesTanhDerivative(n, lines.x, lines.y, lines.result);
        case SIGMOID ->
            DoubleElementLoops.timesSigmoidDerivative(n, lines.x, lines.y, lines.result);
        default -> throw new AssertionError("no chain for the derivative of " + f);
      }
      System.arraycopy(lines.result, 0, out, oi + i, n);
    }
  }

  @Override
  public void timesSwishDerivative(
      int count,
      double[] c,
      int ci,
      double scale,
      double[] x,
      int xi,
      double[] s,
      int si,
      double[] out,
      int oi) {
    for (int i = 0; i < count; i++) {
      double sigmoid = s[si + i];
      double cotangent = c[ci + i] * scale;
      double rest = cotangent * x[xi + i];
      out[oi + i] = cotangent * sigmoid + rest * (sigmoid * (1 - sigmoid));
    }
  }

  @Override
  public void scaledProduct(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    DoubleLines lines = DoubleLines.ofThread();
    for (int i = 0; i < count; i += DoubleLines.LENGTH) {
      int n = fetch(lines, count - i, a, ai + i, b, bi + i);
      DoubleElementLoops.scaledProduct(n, lines.x, lines.y, s, lines.result);
      System.arraycopy(lines.result, 0, out, oi + i, n);
    }
  }

  @Override
  public void addScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    DoubleLines lines = DoubleLines.ofThread();
    for (int i = 0; i < count; i += DoubleLines.LENGTH) {
      int n = fetch(lines, count - i, a, ai + i, b, bi + i);
      DoubleElementLoops.addScaled(n, lines.x, lines.y, s, lines.result);
      System.arraycopy(lines.result, 0, out, oi + i, n);
    }
  }

  @Override
  public void subtractScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    DoubleLines lines = DoubleLines.ofThread();
    for (int i = 0; i < count; i += DoubleLines.LENGTH) {
      int n = fetch(lines, count - i, a, ai + i, b, bi + i);
      DoubleElementLoops.subtractScaled(n, lines.x, lines.y, s, lines.result);
      System.arraycopy(lines.result, 0, out, oi + i, n);
    }
  }

  @Override
  public void subtractFromScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    DoubleLines lines = DoubleLines.ofThread();
    for (int i = 0; i < count; i += DoubleLines.LENGTH) {
      int n = fetch(lines, count - i, a, ai + i, b, bi + i);
      DoubleElementLoops.subtractFromScaled(n, lines.x, lines.y, s, lines.result);
      System.arraycopy(lines.result, 0, out, oi + i, n);
    }
  }

  /** The next numbers of both operands, at most {@code left} of them. How many there are. */
  private static int fetch(DoubleLines lines, int left, double[] a, int ai, double[] b, int bi) {
    int n = Math.min(DoubleLines.LENGTH, left);
    System.arraycopy(a, ai, lines.x, 0, n);
    System.arraycopy(b, bi, lines.y, 0, n);
    return n;
  }
}
