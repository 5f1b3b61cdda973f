package org.anabranch.backend.simd;

/**
 * Sums of lines in loops that C2 turns into vectors by itself, on JDK 17 to 25: one index for all
 * arrays, no choice inside, and a body that is small enough to be unrolled.
 */
final class LineLoops {
  private LineLoops() {}

  /**
   * Three steps of three chains: s[j] = fma(x₂, c[j], fma(x₁, b[j], fma(x₀, a[j], s[j]))), t with y
   * and u with z. C2 of JDK 17 makes vectors of no larger body, and of few smaller ones everywhere.
   */
  static void threeStepsOfThree(
      int from,
      int to,
      float[] s,
      float x0,
      float x1,
      float x2,
      float[] t,
      float y0,
      float y1,
      float y2,
      float[] u,
      float z0,
      float z1,
      float z2,
      float[] a,
      float[] b,
      float[] c) {
    for (int j = from; j < to; j++) {
      float w0 = a[j];
      float w1 = b[j];
      float w2 = c[j];
      s[j] = Math.fma(x2, w2, Math.fma(x1, w1, Math.fma(x0, w0, s[j])));
      t[j] = Math.fma(y2, w2, Math.fma(y1, w1, Math.fma(y0, w0, t[j])));
      u[j] = Math.fma(z2, w2, Math.fma(z1, w1, Math.fma(z0, w0, u[j])));
    }
  }

  static void oneStepOfThree(
      int from, int to, float[] s, float x, float[] t, float y, float[] u, float z, float[] a) {
    for (int j = from; j < to; j++) {
      float w = a[j];
      s[j] = Math.fma(x, w, s[j]);
      t[j] = Math.fma(y, w, t[j]);
      u[j] = Math.fma(z, w, u[j]);
    }
  }

  static void threeSteps(
      int from, int to, float[] s, float x0, float x1, float x2, float[] a, float[] b, float[] c) {
    for (int j = from; j < to; j++) {
      s[j] = Math.fma(x2, c[j], Math.fma(x1, b[j], Math.fma(x0, a[j], s[j])));
    }
  }

  static void oneStep(int from, int to, float[] s, float x, float[] a) {
    for (int j = from; j < to; j++) {
      s[j] = Math.fma(x, a[j], s[j]);
    }
  }
}
