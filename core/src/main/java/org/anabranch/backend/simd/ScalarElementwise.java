package org.anabranch.backend.simd;

import org.anabranch.graph.BinaryFunction;

/**
 * Element-wise float32 loops, number by number: what {@link VectorElementwise} must repeat to the
 * last bit. Operands have a step from component to component: 1, or 0 for a broadcast number.
 */
final class ScalarElementwise {
  private ScalarElementwise() {}

  static float apply(BinaryFunction f, float x, float y) {
    return switch (f) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case MINIMUM -> minimum(x, y);
      case MAXIMUM -> maximum(x, y);
      case LESS -> x < y ? 1 : 0;
      case LESS_OR_EQUAL -> x <= y ? 1 : 0;
      case EQUAL -> x == y ? 1 : 0;
      case POWER -> Power.of(x, y);
    };
  }

  static float minimum(float x, float y) {
    float smaller = x < y ? x : y;
    return Float.isNaN(x) ? x : smaller;
  }

  static float maximum(float x, float y) {
    float larger = x > y ? x : y;
    return Float.isNaN(x) ? x : larger;
  }

  static void binary(
      BinaryFunction f,
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      int ac,
      float[] b,
      int bi,
      int bs,
      int bc,
      float[] out,
      int oi) {
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < stride; c++) {
        out[oi + row * stride + c] = apply(f, a[ai + row * as + c * ac], b[bi + row * bs + c * bc]);
      }
    }
  }

  static void multiplyAdd(
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      int bc,
      float[] c,
      int ci,
      int cs,
      float[] out,
      int oi) {
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < stride; k++) {
        out[oi + row * stride + k] =
            Math.fma(a[ai + row * as + k], b[bi + row * bs + k * bc], c[ci + row * cs + k]);
      }
    }
  }

  static void select(
      int rows,
      int stride,
      float[] mask,
      int mi,
      int ms,
      int mc,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi) {
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < stride; c++) {
        out[oi + row * stride + c] =
            mask[mi + row * ms + c * mc] != 0 ? a[ai + row * as + c] : b[bi + row * bs + c];
      }
    }
  }
}
