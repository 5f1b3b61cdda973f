// Generated from LineLoops.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

/** {@link LineLoops} with {@code double} for {@code float}. */
final class DoubleLineLoops {
  private DoubleLineLoops() {}

  /**
   * Three steps of three chains: s[j] = fma(x₂, c[j], fma(x₁, b[j], fma(x₀, a[j], s[j]))), t with y
   * and u with z. C2 of JDK 17 makes vectors of no larger body, and of few smaller ones everywhere.
   */
  static void threeStepsOfThree(
      int from,
      int to,
      double[] s,
      double x0,
      double x1,
      double x2,
      double[] t,
      double y0,
      double y1,
      double y2,
      double[] u,
      double z0,
      double z1,
      double z2,
      double[] a,
      double[] b,
      double[] c) {
    for (int j = from; j < to; j++) {
      double w0 = a[j];
      double w1 = b[j];
      double w2 = c[j];
      s[j] = Math.fma(x2, w2, Math.fma(x1, w1, Math.fma(x0, w0, s[j])));
      t[j] = Math.fma(y2, w2, Math.fma(y1, w1, Math.fma(y0, w0, t[j])));
      u[j] = Math.fma(z2, w2, Math.fma(z1, w1, Math.fma(z0, w0, u[j])));
    }
  }

  static void oneStepOfThree(
      int from,
      int to,
      double[] s,
      double x,
      double[] t,
      double y,
      double[] u,
      double z,
      double[] a) {
    for (int j = from; j < to; j++) {
      double w = a[j];
      s[j] = Math.fma(x, w, s[j]);
      t[j] = Math.fma(y, w, t[j]);
      u[j] = Math.fma(z, w, u[j]);
    }
  }

  static void threeSteps(
      int from,
      int to,
      double[] s,
      double x0,
      double x1,
      double x2,
      double[] a,
      double[] b,
      double[] c) {
    for (int j = from; j < to; j++) {
      s[j] = Math.fma(x2, c[j], Math.fma(x1, b[j], Math.fma(x0, a[j], s[j])));
    }
  }

  static void oneStep(int from, int to, double[] s, double x, double[] a) {
    for (int j = from; j < to; j++) {
      s[j] = Math.fma(x, a[j], s[j]);
    }
  }
}
