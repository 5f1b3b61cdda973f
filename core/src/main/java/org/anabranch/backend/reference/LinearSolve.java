package org.anabranch.backend.reference;

import java.util.Arrays;

/** One small system by Gaussian elimination with partial pivoting: columns of NaN if singular. */
final class LinearSolve {
  private LinearSolve() {}

  /** Solves m x = right; both are overwritten. */
  static double[] solve(double[][] m, double[] right) {
    int n = right.length;
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int j = k + 1; j < n; j++) {
        pivot = Math.abs(m[j][k]) > Math.abs(m[pivot][k]) ? j : pivot;
      }
      swap(m, right, k, pivot);
      if (!(Math.abs(m[k][k]) > 0)) {
        double[] none = new double[n];
        Arrays.fill(none, Double.NaN);
        return none;
      }
      for (int j = k + 1; j < n; j++) {
        double factor = m[j][k] / m[k][k];
        for (int i = k; i < n; i++) {
          m[j][i] -= factor * m[k][i];
        }
        right[j] -= factor * right[k];
      }
    }
    for (int j = n - 1; j >= 0; j--) {
      for (int i = j + 1; i < n; i++) {
        right[j] -= m[j][i] * right[i];
      }
      right[j] /= m[j][j];
    }
    return right;
  }

  private static void swap(double[][] m, double[] right, int j, int k) {
    double[] row = m[j];
    m[j] = m[k];
    m[k] = row;
    double number = right[j];
    right[j] = right[k];
    right[k] = number;
  }
}
