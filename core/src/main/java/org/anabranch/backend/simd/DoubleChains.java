// Generated from Chains.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import org.anabranch.graph.UnaryFunction;

/** {@link Chains} with {@code double} for {@code float}. */
interface DoubleChains {
  /**
   * out = c · f′ from the function's value y: c · (1 − y·y) for TANH, c · (y · (1 − y)) for
   * SIGMOID.
   */
  void timesDerivative(
      UnaryFunction f, int count, double[] c, int ci, double[] y, int yi, double[] out, int oi);

  /**
   * out = d·s + (d·x)·(s·(1 − s)) with d = c·scale: a cotangent taken back through x·s·scale, where
   * s is x's sigmoid.
   */
  void timesSwishDerivative(
      int count,
      double[] c,
      int ci,
      double scale,
      double[] x,
      int xi,
      double[] s,
      int si,
      double[] out,
      int oi);

  /** out = (a·b)·s. */
  void scaledProduct(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi);

  /** out = a + b·s. */
  void addScaled(int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi);

  /** out = a − b·s. */
  void subtractScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi);

  /** out = b·s − a. */
  void subtractFromScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi);
}
