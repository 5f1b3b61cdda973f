package org.anabranch.backend.simd;

import java.util.Arrays;

/**
 * Loops over the matrices of samples, which lie row by row without padding between rows. A step
 * from sample to sample of 0 repeats one operand. Compilers may take several components at once: no
 * sum depends on it.
 */
final class MatrixLoops {
  private MatrixLoops() {}

  /**
   * out[j] = Σ a[j, p]·x[p] by fma in the order of p. Eight rows side by side, as they can wait for
   * one another; lanes would have to be collected from as many rows, which costs more than they
   * save.
   */
  static void product(
      int samples,
      int n,
      int k,
      float[] a,
      int ai,
      int as,
      float[] x,
      int xi,
      int xs,
      float[] out,
      int oi,
      int os) {
    for (int sample = 0; sample < samples; sample++, ai += as, xi += xs, oi += os) {
      int j = 0;
      for (; j + 8 <= n; j += 8) {
        eightRows(k, a, ai + j * k, x, xi, out, oi + j);
      }
      for (; j < n; j++) {
        row(k, a, ai + j * k, x, xi, out, oi + j);
      }
    }
  }

  private static void row(int k, float[] a, int row, float[] x, int xi, float[] out, int o) {
    float s = 0;
    for (int p = 0; p < k; p++) {
      s = Math.fma(a[row + p], x[xi + p], s);
    }
    out[o] = s;
  }

  private static void eightRows(int k, float[] a, int row, float[] x, int xi, float[] out, int o) {
    int r0 = row;
    int r1 = row + k;
    int r2 = row + 2 * k;
    int r3 = row + 3 * k;
    int r4 = row + 4 * k;
    int r5 = row + 5 * k;
    int r6 = row + 6 * k;
    int r7 = row + 7 * k;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int p = 0; p < k; p++) {
      float v = x[xi + p];
      s0 = Math.fma(a[r0 + p], v, s0);
      s1 = Math.fma(a[r1 + p], v, s1);
      s2 = Math.fma(a[r2 + p], v, s2);
      s3 = Math.fma(a[r3 + p], v, s3);
      s4 = Math.fma(a[r4 + p], v, s4);
      s5 = Math.fma(a[r5 + p], v, s5);
      s6 = Math.fma(a[r6 + p], v, s6);
      s7 = Math.fma(a[r7 + p], v, s7);
    }
    out[o] = s0;
    out[o + 1] = s1;
    out[o + 2] = s2;
    out[o + 3] = s3;
    out[o + 4] = s4;
    out[o + 5] = s5;
    out[o + 6] = s6;
    out[o + 7] = s7;
  }

  /** out[p] = Σ a[j, p]·x[j] by fma in the order of j. */
  static void transposedProduct(
      int samples,
      int n,
      int k,
      float[] a,
      int ai,
      int as,
      float[] x,
      int xi,
      int xs,
      float[] out,
      int oi,
      int os) {
    for (int sample = 0; sample < samples; sample++, ai += as, xi += xs, oi += os) {
      Arrays.fill(out, oi, oi + k, 0);
      for (int j = 0; j < n; j++) {
        addScaled(k, a, ai + j * k, x[xi + j], out, oi);
      }
    }
  }

  private static void addScaled(int k, float[] row, int ri, float factor, float[] out, int oi) {
    for (int p = 0; p < k; p++) {
      out[oi + p] = Math.fma(row[ri + p], factor, out[oi + p]);
    }
  }

  /** out[j, p] = a[j]·b[p]. */
  static void outerProduct(
      int samples,
      int n,
      int k,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi,
      int os) {
    for (int sample = 0; sample < samples; sample++, ai += as, bi += bs, oi += os) {
      for (int j = 0; j < n; j++) {
        scale(k, b, bi, a[ai + j], out, oi + j * k);
      }
    }
  }

  private static void scale(int k, float[] row, int ri, float factor, float[] out, int oi) {
    for (int p = 0; p < k; p++) {
      out[oi + p] = factor * row[ri + p];
    }
  }

  static void gather(
      int samples, int[] indices, float[] x, int xi, int xs, float[] out, int oi, int os) {
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
      float[] x,
      int xi,
      int xs,
      float[] out,
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
