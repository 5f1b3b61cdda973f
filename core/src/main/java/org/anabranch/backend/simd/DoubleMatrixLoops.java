// Generated from MatrixLoops.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import java.util.Arrays;

/** {@link MatrixLoops} with {@code double} for {@code float}. */
final class DoubleMatrixLoops {
  private DoubleMatrixLoops() {}

  /** out[j] = Σ a[j, p]·x[p] by fma in the order of p; four rows side by side, as they can wait. */
  static void product(
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
    for (int sample = 0; sample < samples; sample++, ai += as, xi += xs, oi += os) {
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        int row = ai + j * k;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int p = 0; p < k; p++) {
          double v = x[xi + p];
          s0 = Math.fma(a[row + p], v, s0);
          s1 = Math.fma(a[row + k + p], v, s1);
          s2 = Math.fma(a[row + 2 * k + p], v, s2);
          s3 = Math.fma(a[row + 3 * k + p], v, s3);
        }
        out[oi + j] = s0;
        out[oi + j + 1] = s1;
        out[oi + j + 2] = s2;
        out[oi + j + 3] = s3;
      }
      for (; j < n; j++) {
        double s = 0;
        for (int p = 0; p < k; p++) {
          s = Math.fma(a[ai + j * k + p], x[xi + p], s);
        }
        out[oi + j] = s;
      }
    }
  }

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
    for (int sample = 0; sample < samples; sample++, ai += as, xi += xs, oi += os) {
      Arrays.fill(out, oi, oi + k, 0);
      for (int j = 0; j < n; j++) {
        addScaled(k, a, ai + j * k, x[xi + j], out, oi);
      }
    }
  }

  private static void addScaled(int k, double[] row, int ri, double factor, double[] out, int oi) {
    for (int p = 0; p < k; p++) {
      out[oi + p] = Math.fma(row[ri + p], factor, out[oi + p]);
    }
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
      for (int j = 0; j < n; j++) {
        scale(k, b, bi, a[ai + j], out, oi + j * k);
      }
    }
  }

  private static void scale(int k, double[] row, int ri, double factor, double[] out, int oi) {
    for (int p = 0; p < k; p++) {
      out[oi + p] = factor * row[ri + p];
    }
  }

  static void gather(
      int samples, int[] indices, double[] x, int xi, int xs, double[] out, int oi, int os) {
    for (int sample = 0; sample < samples; sample++, xi += xs, oi += os) {
      for (int i = 0; i < indices.length; i++) {
        out[oi + i] = x[xi + indices[i]];
      }
    }
  }

  static void scatterAdd(
      int samples,
      int[] indices,
      int size,
      double[] x,
      int xi,
      int xs,
      double[] out,
      int oi,
      int os) {
    for (int sample = 0; sample < samples; sample++, xi += xs, oi += os) {
      Arrays.fill(out, oi, oi + size, 0);
      for (int i = 0; i < indices.length; i++) {
        out[oi + indices[i]] += x[xi + i];
      }
    }
  }
}
