package org.anabranch.backend.simd;

import java.util.Arrays;

/** A small system of each sample by LU decomposition: see {@link org.anabranch.graph.Solve}. */
final class LinearSolve {
  private LinearSolve() {}

  /** How many cells of scratch a solve of n unknowns needs. */
  static int scratchSize(int n) {
    return n * n;
  }

  static void solve(
      int samples,
      int n,
      boolean transposed,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] scratch,
      float[] out,
      int oi,
      int os) {
    for (int sample = 0; sample < samples; sample++, ai += as, bi += bs, oi += os) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          scratch[j * n + k] = a[transposed ? ai + k * n + j : ai + j * n + k];
        }
        out[oi + j] = b[bi + j];
      }
      if (eliminate(n, scratch, out, oi)) {
        substitute(n, scratch, out, oi);
      } else {
        Arrays.fill(out, oi, oi + n, Float.NaN);
      }
    }
  }

  /** Brings the matrix to upper triangular form; false where a column has no pivot. */
  private static boolean eliminate(int n, float[] m, float[] x, int xi) {
    for (int k = 0; k < n; k++) {
      int pivot = pivot(n, k, m);
      if (pivot < 0) {
        return false;
      }
      if (pivot != k) {
        swapRows(n, m, k, pivot);
        float held = x[xi + k];
        x[xi + k] = x[xi + pivot];
        x[xi + pivot] = held;
      }
      for (int j = k + 1; j < n; j++) {
        float factor = m[j * n + k] / m[k * n + k];
        for (int i = k + 1; i < n; i++) {
          m[j * n + i] = Math.fma(-factor, m[k * n + i], m[j * n + i]);
        }
        x[xi + j] = Math.fma(-factor, x[xi + k], x[xi + j]);
      }
    }
    return true;
  }

  /** The row of the first largest magnitude of column k; −1 where none is above 0 or one is NaN. */
  private static int pivot(int n, int k, float[] m) {
    int best = -1;
    float largest = 0;
    for (int j = k; j < n; j++) {
      float magnitude = Math.abs(m[j * n + k]);
      if (Float.isNaN(magnitude)) {
        return -1;
      }
      if (magnitude > largest) {
        best = j;
        largest = magnitude;
      }
    }
    return best;
  }

  private static void swapRows(int n, float[] m, int j, int k) {
    for (int i = 0; i < n; i++) {
      float held = m[j * n + i];
      m[j * n + i] = m[k * n + i];
      m[k * n + i] = held;
    }
  }

  private static void substitute(int n, float[] m, float[] x, int xi) {
    for (int j = n - 1; j >= 0; j--) {
      float sum = x[xi + j];
      for (int i = j + 1; i < n; i++) {
        sum = Math.fma(-m[j * n + i], x[xi + i], sum);
      }
      x[xi + j] = sum / m[j * n + j];
    }
  }
}
