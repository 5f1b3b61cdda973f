package org.anabranch.backend.simd;

import org.anabranch.graph.UnaryFunction;

/**
 * Chains of element-wise operations in one pass over memory, under the rules of {@link Kernels}:
 * every operation is rounded by itself, so a chain gives the bits of its parts. Counts are
 * multiples of {@link Kernels#PADDING}; operands lie like the result.
 */
interface Chains {
  /**
   * out = c · f′ from the function's value y: c · (1 − y·y) for TANH, c · (y · (1 − y)) for
   * SIGMOID.
   */
  void timesDerivative(
      UnaryFunction f, int count, float[] c, int ci, float[] y, int yi, float[] out, int oi);

  /**
   * out = d·s + (d·x)·(s·(1 − s)) with d = c·scale: a cotangent taken back through x·s·scale, where
   * s is x's sigmoid.
   */
  void timesSwishDerivative(
      int count,
      float[] c,
      int ci,
      float scale,
      float[] x,
      int xi,
      float[] s,
      int si,
      float[] out,
      int oi);

  /** out = (a·b)·s. */
  void scaledProduct(int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi);

  /** out = a + b·s. */
  void addScaled(int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi);

  /** out = a − b·s. */
  void subtractScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi);

  /** out = b·s − a. */
  void subtractFromScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi);
}
