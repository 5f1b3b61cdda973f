// Generated from VectorMatrixLoops.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link VectorMatrixLoops} with {@code double} for {@code float}. */
final class DoubleVectorMatrixLoops {
  private static final VectorSpecies<Double> S = Lanes.WIDE;
  private static final int L = S.length();

  private DoubleVectorMatrixLoops() {}

  /** out[p] = Σ a[j, p]·x[j] by fma in the order of j. */
  static void transposedProduct(
      int samples,
      int n,
      int k,
      double[] a,
      int ai,
      int as,
      double[] x,
      int xi,
      int xs,
      double[] out,
      int oi,
      int os) {
    if (k == 1) { // nothing lies between samples then
      DoubleMatrixLoops.transposedProduct(samples, n, k, a, ai, as, x, xi, xs, out, oi, os);
      return;
    }
    int padded = (k + L - 1) / L * L;
    for (int sample = 0; sample < samples; sample++, ai += as, xi += xs, oi += os) {
      boolean inside = ai + (n - 1) * k + padded <= a.length;
      int wide = inside ? padded : k / L * L;
      int c = 0;
      for (; c + 4 * L <= wide; c += 4 * L) {
        fourColumns(n, k, a, ai + c, x, xi, out, oi + c);
      }
      if (c + 2 * L <= wide) {
        twoColumns(n, k, a, ai + c, x, xi, out, oi + c);
        c += 2 * L;
      }
      if (c + L <= wide) {
        oneColumn(n, k, a, ai + c, x, xi, out, oi + c);
        c += L;
      }
      for (; c < k; c++) {
        scalarColumn(n, k, a, ai + c, x, xi, out, oi + c);
      }
    }
  }

  private static void scalarColumn(
      int n, int k, double[] a, int ai, double[] x, int xi, double[] out, int oi) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum = Math.fma(a[ai + j * k], x[xi + j], sum);
    }
    out[oi] = sum;
  }

  private static void fourColumns(
      int n, int k, double[] a, int ai, double[] x, int xi, double[] out, int oi) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    for (int j = 0; j < n; j++, ai += k) {
      DoubleVector v = DoubleVector.broadcast(S, x[xi + j]);
      s0 = DoubleVector.fromArray(S, a, ai).fma(v, s0);
      s1 = DoubleVector.fromArray(S, a, ai + L).fma(v, s1);
      s2 = DoubleVector.fromArray(S, a, ai + 2 * L).fma(v, s2);
      s3 = DoubleVector.fromArray(S, a, ai + 3 * L).fma(v, s3);
    }
    s0.intoArray(out, oi);
    s1.intoArray(out, oi + L);
    s2.intoArray(out, oi + 2 * L);
    s3.intoArray(out, oi + 3 * L);
  }

  private static void twoColumns(
      int n, int k, double[] a, int ai, double[] x, int xi, double[] out, int oi) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    for (int j = 0; j < n; j++, ai += k) {
      DoubleVector v = DoubleVector.broadcast(S, x[xi + j]);
      s0 = DoubleVector.fromArray(S, a, ai).fma(v, s0);
      s1 = DoubleVector.fromArray(S, a, ai + L).fma(v, s1);
    }
    s0.intoArray(out, oi);
    s1.intoArray(out, oi + L);
  }

  private static void oneColumn(
      int n, int k, double[] a, int ai, double[] x, int xi, double[] out, int oi) {
    DoubleVector s0 = DoubleVector.zero(S);
    for (int j = 0; j < n; j++, ai += k) {
      DoubleVector v = DoubleVector.broadcast(S, x[xi + j]);
      s0 = DoubleVector.fromArray(S, a, ai).fma(v, s0);
    }
    s0.intoArray(out, oi);
  }

  /** out[j, p] = a[j]·b[p]. */
  static void outerProduct(
      int samples,
      int n,
      int k,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi,
      int os) {
    for (int sample = 0; sample < samples; sample++, ai += as, bi += bs, oi += os) {
      if (k == 1) { // nothing lies between samples then
        DoubleMatrixLoops.outerProduct(1, n, k, a, ai, 0, b, bi, 0, out, oi, 0);
      } else if (k >= L) {
        longRows(n, k, a, ai, b, bi, out, oi);
      } else {
        shortRows(n, k, a, ai, b, bi, out, oi);
      }
    }
  }

  /** The last lanes of a row begin so early that they end with it. */
  private static void longRows(
      int n, int k, double[] a, int ai, double[] b, int bi, double[] out, int oi) {
    int last = k - L;
    DoubleVector end = DoubleVector.fromArray(S, b, bi + last);
    for (int j = 0; j < n; j++, oi += k) {
      DoubleVector factor = DoubleVector.broadcast(S, a[ai + j]);
      for (int c = 0; c < last; c += L) {
        DoubleVector.fromArray(S, b, bi + c).mul(factor).intoArray(out, oi + c);
      }
      end.mul(factor).intoArray(out, oi + last);
    }
  }

  /** Lanes past the end of a row are overwritten by the rows below it. */
  private static void shortRows(
      int n, int k, double[] a, int ai, double[] b, int bi, double[] out, int oi) {
    DoubleVector row = DoubleVector.fromArray(S, b, bi);
    int end = n * k;
    int j = 0;
    for (; j * k + L <= end; j++) {
      row.mul(a[ai + j]).intoArray(out, oi + j * k);
    }
    for (; j < n; j++) {
      for (int p = 0; p < k; p++) {
        out[oi + j * k + p] = a[ai + j] * b[bi + p];
      }
    }
  }
}
