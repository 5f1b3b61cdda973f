package org.anabranch.backend.simd;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.anabranch.graph.BinaryFunction;

/**
 * Element-wise float64 loops in lanes. One loop a method and the row loop outside it: a species, an
 * operator or a lambda that is not constant where the loop is compiled would box every vector.
 */
final class VectorWide {
  private static final VectorSpecies<Double> S = Lanes.WIDE;
  private static final VectorSpecies<Float> NARROW = Lanes.FLOATS;
  private static final int L = S.length();

  private VectorWide() {}

  static void binaryVV(
      BinaryFunction f,
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row++, ai += as, bi += bs, oi += stride) {
      switch (f) {
        case ADD -> add(stride, a, ai, b, bi, out, oi);
        case SUBTRACT -> subtract(stride, a, ai, b, bi, out, oi);
        case MULTIPLY -> multiply(stride, a, ai, b, bi, out, oi);
        case DIVIDE -> divide(stride, a, ai, b, bi, out, oi);
        case MINIMUM -> minimum(stride, a, ai, b, bi, out, oi);
        case MAXIMUM -> maximum(stride, a, ai, b, bi, out, oi);
        case LESS -> less(stride, a, ai, b, bi, out, oi);
        case LESS_OR_EQUAL -> lessOrEqual(stride, a, ai, b, bi, out, oi);
        case EQUAL -> equal(stride, a, ai, b, bi, out, oi);
        case POWER -> ScalarWide.binary(f, 1, stride, a, ai, 0, 1, b, bi, 0, 1, out, oi);
      }
    }
  }

  static void binaryVB(
      BinaryFunction f,
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row++, ai += as, bi += bs, oi += stride) {
      switch (f) {
        case ADD -> add(stride, a, ai, b[bi], out, oi);
        case SUBTRACT -> subtract(stride, a, ai, b[bi], out, oi);
        case MULTIPLY -> multiply(stride, a, ai, b[bi], out, oi);
        case DIVIDE -> divide(stride, a, ai, b[bi], out, oi);
        case MINIMUM -> minimum(stride, a, ai, b[bi], out, oi);
        case MAXIMUM -> maximum(stride, a, ai, b[bi], out, oi);
        case LESS -> less(stride, a, ai, b[bi], out, oi);
        case LESS_OR_EQUAL -> lessOrEqual(stride, a, ai, b[bi], out, oi);
        case EQUAL -> equal(stride, a, ai, b[bi], out, oi);
        case POWER -> ScalarWide.binary(f, 1, stride, a, ai, 0, 1, b, bi, 0, 0, out, oi);
      }
    }
  }

  static void binaryBV(
      BinaryFunction f,
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row++, ai += as, bi += bs, oi += stride) {
      switch (f) {
        case ADD -> add(stride, b, bi, a[ai], out, oi);
        case SUBTRACT -> subtract(stride, a[ai], b, bi, out, oi);
        case MULTIPLY -> multiply(stride, b, bi, a[ai], out, oi);
        case DIVIDE -> divide(stride, a[ai], b, bi, out, oi);
        case MINIMUM -> minimum(stride, a[ai], b, bi, out, oi);
        case MAXIMUM -> maximum(stride, a[ai], b, bi, out, oi);
        case LESS -> less(stride, a[ai], b, bi, out, oi);
        case LESS_OR_EQUAL -> lessOrEqual(stride, a[ai], b, bi, out, oi);
        case EQUAL -> equal(stride, b, bi, a[ai], out, oi);
        case POWER -> ScalarWide.binary(f, 1, stride, a, ai, 0, 0, b, bi, 0, 1, out, oi);
      }
    }
  }

  private static DoubleVector mask(VectorMask<Double> mask) {
    return DoubleVector.zero(S).blend(1, mask);
  }

  private static DoubleVector minimum(DoubleVector x, DoubleVector y) {
    return y.blend(x, x.compare(VectorOperators.LT, y)).blend(x, x.compare(VectorOperators.NE, x));
  }

  private static DoubleVector maximum(DoubleVector x, DoubleVector y) {
    return y.blend(x, x.compare(VectorOperators.GT, y)).blend(x, x.compare(VectorOperators.NE, x));
  }

  private static void add(int n, double[] a, int i, double[] b, int j, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      x.add(y).intoArray(out, o + c);
    }
  }

  private static void add(int n, double[] a, int i, double b, double[] out, int o) {
    DoubleVector y = DoubleVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      x.add(y).intoArray(out, o + c);
    }
  }

  private static void subtract(int n, double[] a, int i, double[] b, int j, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      x.sub(y).intoArray(out, o + c);
    }
  }

  private static void subtract(int n, double[] a, int i, double b, double[] out, int o) {
    DoubleVector y = DoubleVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      x.sub(y).intoArray(out, o + c);
    }
  }

  private static void subtract(int n, double a, double[] b, int j, double[] out, int o) {
    DoubleVector x = DoubleVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      x.sub(y).intoArray(out, o + c);
    }
  }

  private static void multiply(int n, double[] a, int i, double[] b, int j, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      x.mul(y).intoArray(out, o + c);
    }
  }

  private static void multiply(int n, double[] a, int i, double b, double[] out, int o) {
    DoubleVector y = DoubleVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      x.mul(y).intoArray(out, o + c);
    }
  }

  private static void divide(int n, double[] a, int i, double[] b, int j, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      x.div(y).intoArray(out, o + c);
    }
  }

  private static void divide(int n, double[] a, int i, double b, double[] out, int o) {
    DoubleVector y = DoubleVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      x.div(y).intoArray(out, o + c);
    }
  }

  private static void divide(int n, double a, double[] b, int j, double[] out, int o) {
    DoubleVector x = DoubleVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      x.div(y).intoArray(out, o + c);
    }
  }

  private static void minimum(int n, double[] a, int i, double[] b, int j, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      minimum(x, y).intoArray(out, o + c);
    }
  }

  private static void minimum(int n, double[] a, int i, double b, double[] out, int o) {
    DoubleVector y = DoubleVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      minimum(x, y).intoArray(out, o + c);
    }
  }

  private static void minimum(int n, double a, double[] b, int j, double[] out, int o) {
    DoubleVector x = DoubleVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      minimum(x, y).intoArray(out, o + c);
    }
  }

  private static void maximum(int n, double[] a, int i, double[] b, int j, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      maximum(x, y).intoArray(out, o + c);
    }
  }

  private static void maximum(int n, double[] a, int i, double b, double[] out, int o) {
    DoubleVector y = DoubleVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      maximum(x, y).intoArray(out, o + c);
    }
  }

  private static void maximum(int n, double a, double[] b, int j, double[] out, int o) {
    DoubleVector x = DoubleVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      maximum(x, y).intoArray(out, o + c);
    }
  }

  private static void less(int n, double[] a, int i, double[] b, int j, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      mask(x.compare(VectorOperators.LT, y)).intoArray(out, o + c);
    }
  }

  private static void less(int n, double[] a, int i, double b, double[] out, int o) {
    DoubleVector y = DoubleVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      mask(x.compare(VectorOperators.LT, y)).intoArray(out, o + c);
    }
  }

  private static void less(int n, double a, double[] b, int j, double[] out, int o) {
    DoubleVector x = DoubleVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      mask(x.compare(VectorOperators.LT, y)).intoArray(out, o + c);
    }
  }

  private static void lessOrEqual(
      int n, double[] a, int i, double[] b, int j, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      mask(x.compare(VectorOperators.LE, y)).intoArray(out, o + c);
    }
  }

  private static void lessOrEqual(int n, double[] a, int i, double b, double[] out, int o) {
    DoubleVector y = DoubleVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      mask(x.compare(VectorOperators.LE, y)).intoArray(out, o + c);
    }
  }

  private static void lessOrEqual(int n, double a, double[] b, int j, double[] out, int o) {
    DoubleVector x = DoubleVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      mask(x.compare(VectorOperators.LE, y)).intoArray(out, o + c);
    }
  }

  private static void equal(int n, double[] a, int i, double[] b, int j, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      DoubleVector y = DoubleVector.fromArray(S, b, j + c);
      mask(x.compare(VectorOperators.EQ, y)).intoArray(out, o + c);
    }
  }

  private static void equal(int n, double[] a, int i, double b, double[] out, int o) {
    DoubleVector y = DoubleVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + c);
      mask(x.compare(VectorOperators.EQ, y)).intoArray(out, o + c);
    }
  }

  /*
   * Conversions between lanes of two widths use whole vectors of float32, of which one half counts,
   * and leave the last vector to a scalar loop. With a species of half the lanes a second class of
   * vectors would be loaded; the compiler then no longer knows the class of what a loop carries, in
   * products above all, and puts every such vector into an object (30 times slower on AVX-512).
   */
  static void widen(int count, float[] x, int xi, double[] out, int oi) {
    int c = 0;
    for (; c < count - L; c += L) {
      FloatVector v = FloatVector.fromArray(NARROW, x, xi + c);
      ((DoubleVector) v.convertShape(VectorOperators.F2D, S, 0)).intoArray(out, oi + c);
    }
    ScalarWide.widen(count - c, x, xi + c, out, oi + c);
  }

  /** The sums become 0 in a loop of their own, as stores of half a vector are not to be had. */
  static void drain(int count, float[] sum, int si, double[] total, int ti) {
    int c = 0;
    for (; c < count - L; c += L) {
      FloatVector v = FloatVector.fromArray(NARROW, sum, si + c);
      DoubleVector wide = (DoubleVector) v.convertShape(VectorOperators.F2D, S, 0);
      wide.add(DoubleVector.fromArray(S, total, ti + c)).intoArray(total, ti + c);
    }
    Arrays.fill(sum, si, si + c, 0);
    SampleLoops.drain(count - c, sum, si + c, 1, total, ti + c);
  }

  /** Ascending, since each vector leaves zeros where the next one writes. */
  static void narrow(int count, double[] x, int xi, float[] out, int oi) {
    int c = 0;
    for (; c < count - L; c += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, xi + c);
      ((FloatVector) v.convertShape(VectorOperators.D2F, NARROW, 0)).intoArray(out, oi + c);
    }
    ScalarWide.narrow(count - c, x, xi + c, out, oi + c);
  }

  static void roundToGrid(int count, double[] x, int xi, double magic, double[] out, int oi) {
    for (int c = 0; c < count; c += L) {
      DoubleVector.fromArray(S, x, xi + c).add(magic).sub(magic).intoArray(out, oi + c);
    }
  }

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
    for (int row = 0; row < rows; row++, zi += zs, si += ss, vi += vs, oi += stride) {
      addRounded(sign, stride, z, zi, s[si], v, vi, magic, out, oi);
    }
  }

  private static void addRounded(
      double sign,
      int n,
      double[] z,
      int i,
      double s,
      double[] v,
      int j,
      double magic,
      double[] out,
      int o) {
    for (int c = 0; c < n; c += L) {
      DoubleVector increment = DoubleVector.fromArray(S, v, j + c).mul(s).add(magic).sub(magic);
      DoubleVector.fromArray(S, z, i + c).add(increment.mul(sign)).intoArray(out, o + c);
    }
  }

  static void multiplyAddVV(
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] c,
      int ci,
      int cs,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row++, ai += as, bi += bs, ci += cs, oi += stride) {
      multiplyAdd(stride, a, ai, b, bi, c, ci, out, oi);
    }
  }

  private static void multiplyAdd(
      int n, double[] a, int i, double[] b, int j, double[] c, int k, double[] out, int o) {
    for (int e = 0; e < n; e += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + e);
      DoubleVector y = DoubleVector.fromArray(S, b, j + e);
      x.fma(y, DoubleVector.fromArray(S, c, k + e)).intoArray(out, o + e);
    }
  }

  static void multiplyAddVB(
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] c,
      int ci,
      int cs,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row++, ai += as, bi += bs, ci += cs, oi += stride) {
      multiplyAdd(stride, a, ai, b[bi], c, ci, out, oi);
    }
  }

  private static void multiplyAdd(
      int n, double[] a, int i, double b, double[] c, int k, double[] out, int o) {
    DoubleVector y = DoubleVector.broadcast(S, b);
    for (int e = 0; e < n; e += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, i + e);
      x.fma(y, DoubleVector.fromArray(S, c, k + e)).intoArray(out, o + e);
    }
  }

  static void selectV(
      int rows,
      int stride,
      double[] mask,
      int mi,
      int ms,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row++, mi += ms, ai += as, bi += bs, oi += stride) {
      select(stride, mask, mi, a, ai, b, bi, out, oi);
    }
  }

  private static void select(
      int n, double[] mask, int m, double[] a, int i, double[] b, int j, double[] out, int o) {
    for (int c = 0; c < n; c += L) {
      VectorMask<Double> chosen =
          DoubleVector.fromArray(S, mask, m + c).compare(VectorOperators.NE, 0);
      DoubleVector.fromArray(S, b, j + c)
          .blend(DoubleVector.fromArray(S, a, i + c), chosen)
          .intoArray(out, o + c);
    }
  }

  static void selectB(
      int rows,
      int stride,
      double[] mask,
      int mi,
      int ms,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row++, mi += ms, ai += as, bi += bs, oi += stride) {
      boolean first = mask[mi] != 0;
      System.arraycopy(first ? a : b, first ? ai : bi, out, oi, stride);
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
    int c = 0;
    for (; c < count - L; c += L) {
      FloatVector scaled = FloatVector.fromArray(NARROW, x, xi + c).mul(s);
      DoubleVector wide = (DoubleVector) scaled.convertShape(VectorOperators.F2D, S, 0);
      DoubleVector rounded = wide.add(magic).sub(magic);
      rounded.sub(DoubleVector.fromArray(S, v, vi + c)).intoArray(out, oi + c);
    }
    ScalarWide.subtractFromRounded(count - c, x, xi + c, s, v, vi + c, magic, out, oi + c);
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
    for (int c = 0; c < count; c += L) {
      DoubleVector rounded = DoubleVector.fromArray(S, x, xi + c).mul(s).add(magic).sub(magic);
      rounded.sub(DoubleVector.fromArray(S, v, vi + c)).intoArray(out, oi + c);
    }
  }
}
