package org.anabranch.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.anabranch.graph.BinaryFunction;

/**
 * Element-wise float32 loops in lanes. One loop a method and the row loop outside it: a species, an
 * operator or a lambda that is not constant where the loop is compiled would box every vector.
 */
final class VectorElementwise {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int L = S.length();

  private VectorElementwise() {}

  static void binaryVV(
      BinaryFunction f,
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
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
        case POWER -> ScalarElementwise.binary(f, 1, stride, a, ai, 0, 1, b, bi, 0, 1, out, oi);
      }
    }
  }

  static void binaryVB(
      BinaryFunction f,
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
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
        case POWER -> ScalarElementwise.binary(f, 1, stride, a, ai, 0, 1, b, bi, 0, 0, out, oi);
      }
    }
  }

  static void binaryBV(
      BinaryFunction f,
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
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
        case POWER -> ScalarElementwise.binary(f, 1, stride, a, ai, 0, 0, b, bi, 0, 1, out, oi);
      }
    }
  }

  private static FloatVector mask(VectorMask<Float> mask) {
    return FloatVector.zero(S).blend(1, mask);
  }

  private static FloatVector minimum(FloatVector x, FloatVector y) {
    return y.blend(x, x.compare(VectorOperators.LT, y)).blend(x, x.compare(VectorOperators.NE, x));
  }

  private static FloatVector maximum(FloatVector x, FloatVector y) {
    return y.blend(x, x.compare(VectorOperators.GT, y)).blend(x, x.compare(VectorOperators.NE, x));
  }

  private static void add(int n, float[] a, int i, float[] b, int j, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      x.add(y).intoArray(out, o + c);
    }
  }

  private static void add(int n, float[] a, int i, float b, float[] out, int o) {
    FloatVector y = FloatVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      x.add(y).intoArray(out, o + c);
    }
  }

  private static void subtract(int n, float[] a, int i, float[] b, int j, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      x.sub(y).intoArray(out, o + c);
    }
  }

  private static void subtract(int n, float[] a, int i, float b, float[] out, int o) {
    FloatVector y = FloatVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      x.sub(y).intoArray(out, o + c);
    }
  }

  private static void subtract(int n, float a, float[] b, int j, float[] out, int o) {
    FloatVector x = FloatVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      x.sub(y).intoArray(out, o + c);
    }
  }

  private static void multiply(int n, float[] a, int i, float[] b, int j, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      x.mul(y).intoArray(out, o + c);
    }
  }

  private static void multiply(int n, float[] a, int i, float b, float[] out, int o) {
    FloatVector y = FloatVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      x.mul(y).intoArray(out, o + c);
    }
  }

  private static void divide(int n, float[] a, int i, float[] b, int j, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      x.div(y).intoArray(out, o + c);
    }
  }

  private static void divide(int n, float[] a, int i, float b, float[] out, int o) {
    FloatVector y = FloatVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      x.div(y).intoArray(out, o + c);
    }
  }

  private static void divide(int n, float a, float[] b, int j, float[] out, int o) {
    FloatVector x = FloatVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      x.div(y).intoArray(out, o + c);
    }
  }

  private static void minimum(int n, float[] a, int i, float[] b, int j, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      minimum(x, y).intoArray(out, o + c);
    }
  }

  private static void minimum(int n, float[] a, int i, float b, float[] out, int o) {
    FloatVector y = FloatVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      minimum(x, y).intoArray(out, o + c);
    }
  }

  private static void minimum(int n, float a, float[] b, int j, float[] out, int o) {
    FloatVector x = FloatVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      minimum(x, y).intoArray(out, o + c);
    }
  }

  private static void maximum(int n, float[] a, int i, float[] b, int j, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      maximum(x, y).intoArray(out, o + c);
    }
  }

  private static void maximum(int n, float[] a, int i, float b, float[] out, int o) {
    FloatVector y = FloatVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      maximum(x, y).intoArray(out, o + c);
    }
  }

  private static void maximum(int n, float a, float[] b, int j, float[] out, int o) {
    FloatVector x = FloatVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      maximum(x, y).intoArray(out, o + c);
    }
  }

  private static void less(int n, float[] a, int i, float[] b, int j, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      mask(x.compare(VectorOperators.LT, y)).intoArray(out, o + c);
    }
  }

  private static void less(int n, float[] a, int i, float b, float[] out, int o) {
    FloatVector y = FloatVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      mask(x.compare(VectorOperators.LT, y)).intoArray(out, o + c);
    }
  }

  private static void less(int n, float a, float[] b, int j, float[] out, int o) {
    FloatVector x = FloatVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      mask(x.compare(VectorOperators.LT, y)).intoArray(out, o + c);
    }
  }

  private static void lessOrEqual(int n, float[] a, int i, float[] b, int j, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      mask(x.compare(VectorOperators.LE, y)).intoArray(out, o + c);
    }
  }

  private static void lessOrEqual(int n, float[] a, int i, float b, float[] out, int o) {
    FloatVector y = FloatVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      mask(x.compare(VectorOperators.LE, y)).intoArray(out, o + c);
    }
  }

  private static void lessOrEqual(int n, float a, float[] b, int j, float[] out, int o) {
    FloatVector x = FloatVector.broadcast(S, a);
    for (int c = 0; c < n; c += L) {
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      mask(x.compare(VectorOperators.LE, y)).intoArray(out, o + c);
    }
  }

  private static void equal(int n, float[] a, int i, float[] b, int j, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      FloatVector y = FloatVector.fromArray(S, b, j + c);
      mask(x.compare(VectorOperators.EQ, y)).intoArray(out, o + c);
    }
  }

  private static void equal(int n, float[] a, int i, float b, float[] out, int o) {
    FloatVector y = FloatVector.broadcast(S, b);
    for (int c = 0; c < n; c += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + c);
      mask(x.compare(VectorOperators.EQ, y)).intoArray(out, o + c);
    }
  }

  static void multiplyAddVV(
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] c,
      int ci,
      int cs,
      float[] out,
      int oi) {
    for (int row = 0; row < rows; row++, ai += as, bi += bs, ci += cs, oi += stride) {
      multiplyAdd(stride, a, ai, b, bi, c, ci, out, oi);
    }
  }

  private static void multiplyAdd(
      int n, float[] a, int i, float[] b, int j, float[] c, int k, float[] out, int o) {
    for (int e = 0; e < n; e += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + e);
      FloatVector y = FloatVector.fromArray(S, b, j + e);
      x.fma(y, FloatVector.fromArray(S, c, k + e)).intoArray(out, o + e);
    }
  }

  static void multiplyAddVB(
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] c,
      int ci,
      int cs,
      float[] out,
      int oi) {
    for (int row = 0; row < rows; row++, ai += as, bi += bs, ci += cs, oi += stride) {
      multiplyAdd(stride, a, ai, b[bi], c, ci, out, oi);
    }
  }

  private static void multiplyAdd(
      int n, float[] a, int i, float b, float[] c, int k, float[] out, int o) {
    FloatVector y = FloatVector.broadcast(S, b);
    for (int e = 0; e < n; e += L) {
      FloatVector x = FloatVector.fromArray(S, a, i + e);
      x.fma(y, FloatVector.fromArray(S, c, k + e)).intoArray(out, o + e);
    }
  }

  static void selectV(
      int rows,
      int stride,
      float[] mask,
      int mi,
      int ms,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi) {
    for (int row = 0; row < rows; row++, mi += ms, ai += as, bi += bs, oi += stride) {
      select(stride, mask, mi, a, ai, b, bi, out, oi);
    }
  }

  private static void select(
      int n, float[] mask, int m, float[] a, int i, float[] b, int j, float[] out, int o) {
    for (int c = 0; c < n; c += L) {
      VectorMask<Float> chosen =
          FloatVector.fromArray(S, mask, m + c).compare(VectorOperators.NE, 0);
      FloatVector.fromArray(S, b, j + c)
          .blend(FloatVector.fromArray(S, a, i + c), chosen)
          .intoArray(out, o + c);
    }
  }

  static void selectB(
      int rows,
      int stride,
      float[] mask,
      int mi,
      int ms,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi) {
    for (int row = 0; row < rows; row++, mi += ms, ai += as, bi += bs, oi += stride) {
      boolean first = mask[mi] != 0;
      System.arraycopy(first ? a : b, first ? ai : bi, out, oi, stride);
    }
  }
}
