package org.anabranch.backend.simd;

/**
 * Where a sum of outer products over rows keeps its numbers until it is added to a gradient W [n x
 * k]. Lanes lie along whichever side wastes fewer cells when padded; the bits do not depend on it,
 * since fma(c, x, s) = fma(x, c, s).
 *
 * @param n components of the left factor, the rows of W
 * @param k components of the right factor, the columns of W
 */
record RowProductSum(int n, int k) {
  RowProductSum {
    if (n < 1 || k < 1) {
      throw new IllegalArgumentException(
          "RowProductSum: the matrix is [%d x %d]. Both extents must be at least 1."
              .formatted(n, k));
    }
  }

  /** Whether lanes lie along k: cell (j, i) at j · lanes + i; else at i · lanes + j. */
  boolean lanesAlongColumns() {
    return (long) n * Kernels.padded(k) <= (long) k * Kernels.padded(n);
  }

  /** Components of the side along which lanes lie, padded. */
  int lanes() {
    return Kernels.padded(lanesAlongColumns() ? k : n);
  }

  /** Components of the other side. */
  int lines() {
    return lanesAlongColumns() ? n : k;
  }

  /** Cells that the sum occupies, of which those of padding hold nothing of use. */
  int size() {
    return lines() * lanes();
  }

  void drain(double[] sum, int si, double[] total, int ti) {
    boolean alongColumns = lanesAlongColumns();
    int lanes = lanes();
    for (int j = 0; j < n; j++) {
      int from = alongColumns ? si + j * lanes : si + j;
      DoubleSampleLoops.drain(k, sum, from, alongColumns ? 1 : lanes, total, ti + j * k);
    }
  }

  /** total[j · k + i] += sum[j, i], then the sum is 0 again. */
  void drain(Kernels kernels, float[] sum, int si, double[] total, int ti) {
    int lanes = lanes();
    for (int j = 0; j < n; j++) {
      if (lanesAlongColumns()) {
        kernels.drain(k, sum, si + j * lanes, total, ti + j * k);
      } else {
        SampleLoops.drain(k, sum, si + j, lanes, total, ti + j * k);
      }
    }
  }
}
