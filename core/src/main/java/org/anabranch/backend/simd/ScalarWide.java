package org.anabranch.backend.simd;

import org.anabranch.graph.BinaryFunction;

/**
 * Element-wise float64 loops, number by number: what {@link VectorWide} must repeat to the last
 * bit. Operands have a step from component to component: 1, or 0 for a broadcast number.
 */
final class ScalarWide {
  private ScalarWide() {}

  static double apply(BinaryFunction f, double x, double y) {
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
      case POWER -> StrictMath.pow(x, y);
    };
  }

  static double minimum(double x, double y) {
    return Double.isNaN(x) || x < y ? x : y;
  }

  static double maximum(double x, double y) {
    return Double.isNaN(x) || x > y ? x : y;
  }

  static void binary(
      BinaryFunction f,
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      int ac,
      double[] b,
      int bi,
      int bs,
      int bc,
      double[] out,
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
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      int bc,
      double[] c,
      int ci,
      int cs,
      double[] out,
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
      double[] mask,
      int mi,
      int ms,
      int mc,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < stride; c++) {
        out[oi + row * stride + c] =
            mask[mi + row * ms + c * mc] != 0 ? a[ai + row * as + c] : b[bi + row * bs + c];
      }
    }
  }

  static void widen(int count, float[] x, int xi, double[] out, int oi) {
    for (int c = 0; c < count; c++) {
      out[oi + c] = x[xi + c];
    }
  }

  static void narrow(int count, double[] x, int xi, float[] out, int oi) {
    for (int c = 0; c < count; c++) {
      out[oi + c] = (float) x[xi + c];
    }
  }

  static void roundToGrid(int count, double[] x, int xi, double magic, double[] out, int oi) {
    for (int c = 0; c < count; c++) {
      out[oi + c] = (x[xi + c] + magic) - magic;
    }
  }

  /** out = z + sign · ((s·v + magic) − magic); the factor ±1 is exact. */
  static void addRounded(
      double sign,
      int rows,
      int stride,
      double[] z,
      int zi,
      int zs,
      double[] s,
      int si,
      int ss,
      double[] v,
      int vi,
      int vs,
      double magic,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row++) {
      double factor = s[si + row * ss];
      for (int c = 0; c < stride; c++) {
        double increment = (factor * v[vi + row * vs + c] + magic) - magic;
        out[oi + row * stride + c] = z[zi + row * zs + c] + sign * increment;
      }
    }
  }

  static void subtractFromRounded(
      int count,
      float[] x,
      int xi,
      float s,
      double[] v,
      int vi,
      double magic,
      double[] out,
      int oi) {
    for (int c = 0; c < count; c++) {
      float scaled = x[xi + c] * s;
      out[oi + c] = ((scaled + magic) - magic) - v[vi + c];
    }
  }

  static void subtractFromRounded(
      int count,
      double[] x,
      int xi,
      double s,
      double[] v,
      int vi,
      double magic,
      double[] out,
      int oi) {
    for (int c = 0; c < count; c++) {
      out[oi + c] = ((x[xi + c] * s + magic) - magic) - v[vi + c];
    }
  }
}
