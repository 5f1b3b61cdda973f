// Generated from LinearSolve.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import java.util.Arrays;

/** {@link LinearSolve} with {@code double} for {@code float}. */
final class DoubleLinearSolve {
  private DoubleLinearSolve() {}

  /** How many cells of scratch a solve of n unknowns needs. */
  static int scratchSize(int n) {
    return n * n;
  }

  static void solve(
      int samples,
      int n,
      boolean transposed,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] scratch,
      double[] out,
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
        Arrays.fill(out, oi, oi + n, Double.NaN);
      }
    }
  }

  /** Brings the matrix to upper triangular form; false where a column has no pivot. */
  private static boolean eliminate(int n, double[] m, double[] x, int xi) {
    for (int k = 0; k < n; k++) {
      int pivot = pivot(n, k, m);
      if (pivot < 0) {
        return false;
      }
      if (pivot != k) {
        swapRows(n, m, k, pivot);
        double held = x[xi + k];
        x[xi + k] = x[xi + pivot];
        x[xi + pivot] = held;
      }
      for (int j = k + 1; j < n; j++) {
        double factor = m[j * n + k] / m[k * n + k];
        for (int i = k + 1; i < n; i++) {
          m[j * n + i] = Math.fma(-factor, m[k * n + i], m[j * n + i]);
        }
        x[xi + j] = Math.fma(-factor, x[xi + k], x[xi + j]);
      }
    }
    return true;
  }

  /** The row of the first largest magnitude of column k; −1 where none is above 0 or one is NaN. */
  private static int pivot(int n, int k, double[] m) {
    int best = -1;
    double largest = 0;
    for (int j = k; j < n; j++) {
      double magnitude = Math.abs(m[j * n + k]);
      if (Double.isNaN(magnitude)) {
        return -1;
      }
      if (magnitude > largest) {
        best = j;
        largest = magnitude;
      }
    }
    return best;
  }

  private static void swapRows(int n, double[] m, int j, int k) {
    for (int i = 0; i < n; i++) {
      double held = m[j * n + i];
      m[j * n + i] = m[k * n + i];
      m[k * n + i] = held;
    }
  }

  private static void substitute(int n, double[] m, double[] x, int xi) {
    for (int j = n - 1; j >= 0; j--) {
      double sum = x[xi + j];
      for (int i = j + 1; i < n; i++) {
        sum = Math.fma(-m[j * n + i], x[xi + i], sum);
      }
      x[xi + j] = sum / m[j * n + j];
    }
  }
}
