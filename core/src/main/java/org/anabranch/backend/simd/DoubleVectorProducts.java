// Generated from VectorProducts.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** {@link VectorProducts} with {@code double} for {@code float}. */
final class DoubleVectorProducts {
  private static final VectorSpecies<Double> S = Lanes.WIDE;
  private static final int L = S.length();

  /**
   * Vectors side by side in a panel. Widths are multiples of 16, so that short vectors leave no odd
   * one.
   */
  private static final int PANEL = Lanes.COUNT == 16 ? 4 : 2;

  private static final double[] ZEROS = new double[PANEL * L];

  private DoubleVectorProducts() {}

  static void pack(double[] w, int wi, int n, int k, boolean transposed, double[] packed, int pi) {
    DoubleScalarProducts.pack(PANEL * L, w, wi, n, k, transposed, packed, pi);
  }

  static void product(
      int rows,
      int depth,
      int outputs,
      double[] a,
      int ai,
      int as,
      double[] packed,
      int pi,
      double @Nullable [] bias,
      int bi,
      double[] out,
      int oi) {
    if (outputs == 1) {
      double start = bias == null ? 0 : bias[bi];
      DoubleScalarProducts.singleOutput(rows, depth, a, ai, as, packed, pi, start, out, oi);
      return;
    }
    int stride = Kernels.stride(outputs);
    double[] base = bias == null ? ZEROS : bias;
    for (int j = 0; j < stride; j += PANEL * L) {
      int vectors = Math.min(PANEL, (stride - j) / L);
      int di = bias == null ? 0 : bi + j;
      panel(vectors, rows, depth, a, ai, as, packed, pi + j * depth, base, di, out, oi + j, stride);
    }
  }

  private static void panel(
      int vectors,
      int rows,
      int depth,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      double[] bias,
      int di,
      double[] out,
      int oi,
      int os) {
    int bs = vectors * L;
    boolean tight = as == bs && os == bs;
    int tall = tallRows(vectors, tight, rows);
    int low = (rows - tall) / lowHeight(vectors) * lowHeight(vectors);
    int aj = ai + tall * as;
    int oj = oi + tall * os;
    if (PANEL == 2) {
      DoubleProductTiles.tile5x2(tall, depth, a, ai, as, b, bi, bs, bias, di, out, oi, os);
      DoubleProductTiles.tile4x2(low, depth, a, aj, as, b, bi, bs, bias, di, out, oj, os);
    } else if (tight && vectors == 4) {
      DoubleProductTiles.tile6x4Tight(tall, depth, a, ai, b, bi, bs, bias, di, out, oi);
      DoubleProductTiles.tile4x4Tight(low, depth, a, aj, b, bi, bs, bias, di, out, oj);
    } else if (tight && vectors == 2) {
      DoubleProductTiles.tile12x2Tight(tall, depth, a, ai, b, bi, bs, bias, di, out, oi);
      DoubleProductTiles.tile8x2Tight(low, depth, a, aj, b, bi, bs, bias, di, out, oj);
    } else {
      switch (vectors) {
        case 4 -> {
          DoubleProductTiles.tile6x4(tall, depth, a, ai, as, b, bi, bs, bias, di, out, oi, os);
          DoubleProductTiles.tile4x4(low, depth, a, aj, as, b, bi, bs, bias, di, out, oj, os);
        }
        case 3 ->
            DoubleProductTiles.tile8x3(low, depth, a, ai, as, b, bi, bs, bias, di, out, oi, os);
        case 2 ->
            DoubleProductTiles.tile8x2(low, depth, a, ai, as, b, bi, bs, bias, di, out, oi, os);
        default ->
            DoubleProductTiles.tile8x1(low, depth, a, ai, as, b, bi, bs, bias, di, out, oi, os);
      }
    }
    int rest = rows - tall - low;
    for (int v = 0; rest > 0 && v < bs; v += L) {
      int at = ai + (rows - rest) * as;
      int to = oi + (rows - rest) * os;
      DoubleProductTiles.tile1x1(
          rest, depth, a, at, as, b, bi + v, bs, bias, di + v, out, to + v, os);
    }
  }

  /** The height of the lower tiles of a panel, which take what the tall ones leave. */
  private static int lowHeight(int vectors) {
    return vectors == 4 || PANEL == 2 ? 4 : 8;
  }

  /** How many of the rows go in the tall tiles of a panel; none where it has but low ones. */
  private static int tallRows(int vectors, boolean tight, int rows) {
    if (PANEL == 2) {
      return tallRows(rows, 5, 4);
    }
    if (vectors == 4) {
      return tallRows(rows, 6, 4);
    }
    return tight && vectors == 2 ? tallRows(rows, 12, 8) : 0;
  }

  /** How many of the rows go in tiles so tall, if the lower ones are to leave as few as may be. */
  private static int tallRows(int rows, int tall, int low) {
    int best = rows / tall * tall;
    for (int most = best; most >= 0; most -= tall) {
      if ((rows - most) % low < (rows - best) % low) {
        best = most;
      }
    }
    return best;
  }

  static void rowProduct(
      RowProductSum layout,
      int rows,
      double[] c,
      int ci,
      int cs,
      double[] x,
      int xi,
      int xs,
      double[] sum,
      int si) {
    if (layout.n() == 1 && layout.k() == 1) {
      DoubleScalarProducts.rowProduct(layout, rows, c, ci, cs, x, xi, xs, sum, si);
    } else if (layout.lanesAlongColumns()) {
      rowProduct(layout.lines(), layout.lanes(), rows, c, ci, cs, x, xi, xs, sum, si);
    } else {
      rowProduct(layout.lines(), layout.lanes(), rows, x, xi, xs, c, ci, cs, sum, si);
    }
  }

  private static void rowProduct(
      int lines,
      int lanes,
      int rows,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] sum,
      int si) {
    for (int lane = 0; lane < lanes; lane += PANEL * L) {
      int vectors = Math.min(PANEL, (lanes - lane) / L);
      columns(vectors, lines, rows, a, ai, as, b, bi + lane, bs, sum, si + lane, lanes);
    }
  }

  private static void columns(
      int vectors,
      int lines,
      int rows,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] sum,
      int si,
      int ss) {
    int tall = tallRows(vectors, false, lines);
    int low = (lines - tall) / lowHeight(vectors) * lowHeight(vectors);
    int sj = si + tall * ss;
    if (PANEL == 2) {
      DoubleRowProductTiles.tile5x2(tall, rows, a, ai, as, b, bi, bs, sum, si, ss);
      DoubleRowProductTiles.tile4x2(low, rows, a, ai + tall, as, b, bi, bs, sum, sj, ss);
    } else {
      switch (vectors) {
        case 4 -> {
          DoubleRowProductTiles.tile6x4(tall, rows, a, ai, as, b, bi, bs, sum, si, ss);
          DoubleRowProductTiles.tile4x4(low, rows, a, ai + tall, as, b, bi, bs, sum, sj, ss);
        }
        case 3 -> DoubleRowProductTiles.tile8x3(low, rows, a, ai, as, b, bi, bs, sum, si, ss);
        case 2 -> DoubleRowProductTiles.tile8x2(low, rows, a, ai, as, b, bi, bs, sum, si, ss);
        default -> DoubleRowProductTiles.tile8x1(low, rows, a, ai, as, b, bi, bs, sum, si, ss);
      }
    }
    int done = tall + low;
    singleLines(vectors, lines - done, rows, a, ai + done, as, b, bi, bs, sum, si + done * ss, ss);
  }

  private static void singleLines(
      int vectors,
      int lines,
      int rows,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] sum,
      int si,
      int ss) {
    if (lines == 0) {
      return;
    }
    switch (vectors) {
      case 4 -> DoubleRowProductTiles.tile1x4(lines, rows, a, ai, as, b, bi, bs, sum, si, ss);
      case 3 -> {
        DoubleRowProductTiles.tile1x2(lines, rows, a, ai, as, b, bi, bs, sum, si, ss);
        DoubleRowProductTiles.tile1x1(
            lines, rows, a, ai, as, b, bi + 2 * L, bs, sum, si + 2 * L, ss);
      }
      case 2 -> DoubleRowProductTiles.tile1x2(lines, rows, a, ai, as, b, bi, bs, sum, si, ss);
      default -> DoubleRowProductTiles.tile1x1(lines, rows, a, ai, as, b, bi, bs, sum, si, ss);
    }
  }

  static void rowSum(int rows, int width, double[] x, int xi, double[] sum, int si) {
    if (width == 1) {
      DoubleScalarProducts.rowSum(rows, width, x, xi, sum, si);
      return;
    }
    int stride = Kernels.stride(width);
    int c = 0;
    for (; c + 4 * L <= stride; c += 4 * L) {
      rowSumOfFour(rows, stride, x, xi + c, sum, si + c);
    }
    for (; c < stride; c += L) {
      rowSumOfOne(rows, stride, x, xi + c, sum, si + c);
    }
  }

  private static void rowSumOfFour(int rows, int stride, double[] x, int xi, double[] sum, int si) {
    DoubleVector s0 = DoubleVector.fromArray(S, sum, si);
    DoubleVector s1 = DoubleVector.fromArray(S, sum, si + L);
    DoubleVector s2 = DoubleVector.fromArray(S, sum, si + 2 * L);
    DoubleVector s3 = DoubleVector.fromArray(S, sum, si + 3 * L);
    for (int row = 0; row < rows; row++) {
      int i = xi + row * stride;
      s0 = s0.add(DoubleVector.fromArray(S, x, i));
      s1 = s1.add(DoubleVector.fromArray(S, x, i + L));
      s2 = s2.add(DoubleVector.fromArray(S, x, i + 2 * L));
      s3 = s3.add(DoubleVector.fromArray(S, x, i + 3 * L));
    }
    s0.intoArray(sum, si);
    s1.intoArray(sum, si + L);
    s2.intoArray(sum, si + 2 * L);
    s3.intoArray(sum, si + 3 * L);
  }

  private static void rowSumOfOne(int rows, int stride, double[] x, int xi, double[] sum, int si) {
    DoubleVector s = DoubleVector.fromArray(S, sum, si);
    for (int row = 0; row < rows; row++) {
      s = s.add(DoubleVector.fromArray(S, x, xi + row * stride));
    }
    s.intoArray(sum, si);
  }
}
