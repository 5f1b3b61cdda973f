// Generated from ScalarProducts.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@link ScalarProducts} with {@code double} for {@code float}. */
final class DoubleScalarProducts {
  /** Columns of a packed panel. */
  private static final int PANEL = DoubleLines.WIDTH;

  private DoubleScalarProducts() {}

  /**
   * Panels of {@code panel} columns, the last perhaps narrower; in each, the columns of one p
   * adjacent. One output: its depth numbers adjacent.
   */
  static void pack(
      int panel, double[] w, int wi, int n, int k, boolean transposed, double[] packed, int pi) {
    int outputs = transposed ? k : n;
    int depth = transposed ? n : k;
    int stride = Kernels.stride(outputs);
    int outputStep = transposed ? 1 : k;
    int depthStep = transposed ? k : 1;
    Arrays.fill(packed, pi, pi + stride * depth, 0);
    for (int j = 0; j < outputs; j++) {
      int first = j / panel * panel;
      int columns = Math.min(panel, stride - first);
      for (int p = 0; p < depth; p++) {
        packed[pi + first * depth + p * columns + j - first] =
            w[wi + j * outputStep + p * depthStep];
      }
    }
  }

  static void pack(double[] w, int wi, int n, int k, boolean transposed, double[] packed, int pi) {
    pack(PANEL, w, wi, n, k, transposed, packed, pi);
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
      singleOutput(rows, depth, a, ai, as, packed, pi, bias == null ? 0 : bias[bi], out, oi);
      return;
    }
    int stride = Kernels.stride(outputs);
    for (int row = 0; row < rows; row++) {
      int o = oi + row * stride;
      if (bias == null) {
        Arrays.fill(out, o, o + stride, 0);
      } else {
        System.arraycopy(bias, bi, out, o, stride);
      }
    }
    for (int j = 0; j < stride; j += PANEL) {
      int columns = Math.min(PANEL, stride - j);
      int b = pi + j * depth;
      DoubleLineSums.add(
          rows, depth, columns, a, ai, as, 1, packed, b, columns, out, oi + j, stride);
    }
  }

  /** One number a row: four rows side by side, then what remains one by one. */
  static void singleOutput(
      int rows,
      int depth,
      double[] a,
      int ai,
      int as,
      double[] w,
      int wi,
      double bias,
      double[] out,
      int oi) {
    int row = 0;
    for (; row + 4 <= rows; row += 4) {
      int i0 = ai + row * as;
      int i1 = i0 + as;
      int i2 = i1 + as;
      int i3 = i2 + as;
      double s0 = bias;
      double s1 = bias;
      double s2 = bias;
      double s3 = bias;
      for (int p = 0; p < depth; p++) {
        double weight = w[wi + p];
        s0 = Math.fma(a[i0 + p], weight, s0);
        s1 = Math.fma(a[i1 + p], weight, s1);
        s2 = Math.fma(a[i2 + p], weight, s2);
        s3 = Math.fma(a[i3 + p], weight, s3);
      }
      out[oi + row] = s0;
      out[oi + row + 1] = s1;
      out[oi + row + 2] = s2;
      out[oi + row + 3] = s3;
    }
    for (; row < rows; row++) {
      double s = bias;
      for (int p = 0; p < depth; p++) {
        s = Math.fma(a[ai + row * as + p], w[wi + p], s);
      }
      out[oi + row] = s;
    }
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
    boolean alongColumns = layout.lanesAlongColumns();
    double[] lines = alongColumns ? c : x;
    int linesAt = alongColumns ? ci : xi;
    int linesStep = alongColumns ? cs : xs;
    double[] lanes = alongColumns ? x : c;
    int lanesAt = alongColumns ? xi : ci;
    int lanesStep = alongColumns ? xs : cs;
    if (lanesStep == 1) {
      for (int row = 0; row < rows; row++) {
        sum[si] = Math.fma(lines[linesAt + row * linesStep], lanes[lanesAt + row], sum[si]);
      }
      return;
    }
    int width = layout.lanes();
    for (int lane = 0; lane < width; lane += PANEL) {
      int columns = Math.min(PANEL, width - lane);
      DoubleLineSums.add(
          layout.lines(),
          rows,
          columns,
          lines,
          linesAt,
          1,
          linesStep,
          lanes,
          lanesAt + lane,
          lanesStep,
          sum,
          si + lane,
          width);
    }
  }

  static void rowSum(int rows, int width, double[] x, int xi, double[] sum, int si) {
    int stride = Kernels.stride(width);
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < stride; c++) {
        sum[si + c] += x[xi + row * stride + c];
      }
    }
  }
}
