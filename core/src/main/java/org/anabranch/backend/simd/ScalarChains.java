package org.anabranch.backend.simd;

import org.anabranch.graph.UnaryFunction;

/** {@link Chains} without lanes of ours: {@link ElementLoops} over {@link Lines}. */
final class ScalarChains implements Chains {
  @Override
  public void timesDerivative(
      UnaryFunction f, int count, float[] c, int ci, float[] y, int yi, float[] out, int oi) {
    Lines lines = Lines.ofThread();
    for (int i = 0; i < count; i += Lines.LENGTH) {
      int n = fetch(lines, count - i, c, ci + i, y, yi + i);
      switch (f) {
        case TANH -> ElementLoops.timesTanhDerivative(n, lines.x, lines.y, lines.result);
        case SIGMOID -> ElementLoops.timesSigmoidDerivative(n, lines.x, lines.y, lines.result);
        default -> throw new AssertionError("no chain for the derivative of " + f);
      }
      System.arraycopy(lines.result, 0, out, oi + i, n);
    }
  }

  @Override
  public void timesSwishDerivative(
      int count,
      float[] c,
      int ci,
      float scale,
      float[] x,
      int xi,
      float[] s,
      int si,
      float[] out,
      int oi) {
    for (int i = 0; i < count; i++) {
      float sigmoid = s[si + i];
      float cotangent = c[ci + i] * scale;
      float rest = cotangent * x[xi + i];
      out[oi + i] = cotangent * sigmoid + rest * (sigmoid * (1 - sigmoid));
    }
  }

  @Override
  public void scaledProduct(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    Lines lines = Lines.ofThread();
    for (int i = 0; i < count; i += Lines.LENGTH) {
      int n = fetch(lines, count - i, a, ai + i, b, bi + i);
      ElementLoops.scaledProduct(n, lines.x, lines.y, s, lines.result);
      System.arraycopy(lines.result, 0, out, oi + i, n);
    }
  }

  @Override
  public void addScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    Lines lines = Lines.ofThread();
    for (int i = 0; i < count; i += Lines.LENGTH) {
      int n = fetch(lines, count - i, a, ai + i, b, bi + i);
      ElementLoops.addScaled(n, lines.x, lines.y, s, lines.result);
      System.arraycopy(lines.result, 0, out, oi + i, n);
    }
  }

  @Override
  public void subtractScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    Lines lines = Lines.ofThread();
    for (int i = 0; i < count; i += Lines.LENGTH) {
      int n = fetch(lines, count - i, a, ai + i, b, bi + i);
      ElementLoops.subtractScaled(n, lines.x, lines.y, s, lines.result);
      System.arraycopy(lines.result, 0, out, oi + i, n);
    }
  }

  @Override
  public void subtractFromScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    Lines lines = Lines.ofThread();
    for (int i = 0; i < count; i += Lines.LENGTH) {
      int n = fetch(lines, count - i, a, ai + i, b, bi + i);
      ElementLoops.subtractFromScaled(n, lines.x, lines.y, s, lines.result);
      System.arraycopy(lines.result, 0, out, oi + i, n);
    }
  }

  /** The next numbers of both operands, at most {@code left} of them. How many there are. */
  private static int fetch(Lines lines, int left, float[] a, int ai, float[] b, int bi) {
    int n = Math.min(Lines.LENGTH, left);
    System.arraycopy(a, ai, lines.x, 0, n);
    System.arraycopy(b, bi, lines.y, 0, n);
    return n;
  }
}
