package org.anabranch.backend.simd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Products without lanes of ours, as {@link LineSums}: what {@link VectorProducts} must repeat to
 * the last bit.
 */
final class ScalarProducts {
  /** Columns of a packed panel. */
  private static final int PANEL = Lines.WIDTH;

  private ScalarProducts() {}

  /**
   * Panels of {@code panel} columns, the last perhaps narrower; in each, the columns of one p
   * adjacent. One output: its depth numbers adjacent.
   */
  static void pack(
      int panel, float[] w, int wi, int n, int k, boolean transposed, float[] packed, int pi) {
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

  static void pack(float[] w, int wi, int n, int k, boolean transposed, float[] packed, int pi) {
    pack(PANEL, w, wi, n, k, transposed, packed, pi);
  }

  static void product(
      int rows,
      int depth,
      int outputs,
      float[] a,
      int ai,
      int as,
      float[] packed,
      int pi,
      float @Nullable [] bias,
      int bi,
      float[] out,
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
      LineSums.add(rows, depth, columns, a, ai, as, 1, packed, b, columns, out, oi + j, stride);
    }
  }

  /** One number a row: four rows side by side, then what remains one by one. */
  static void singleOutput(
      int rows,
      int depth,
      float[] a,
      int ai,
      int as,
      float[] w,
      int wi,
      float bias,
      float[] out,
      int oi) {
    int row = 0;
    for (; row + 4 <= rows; row += 4) {
      int i0 = ai + row * as;
      int i1 = i0 + as;
      int i2 = i1 + as;
      int i3 = i2 + as;
      float s0 = bias;
      float s1 = bias;
      float s2 = bias;
      float s3 = bias;
      for (int p = 0; p < depth; p++) {
        float weight = w[wi + p];
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
      float s = bias;
      for (int p = 0; p < depth; p++) {
        s = Math.fma(a[ai + row * as + p], w[wi + p], s);
      }
      out[oi + row] = s;
    }
  }

  static void rowProduct(
      RowProductSum layout,
      int rows,
      float[] c,
      int ci,
      int cs,
      float[] x,
      int xi,
      int xs,
      float[] sum,
      int si) {
    boolean alongColumns = layout.lanesAlongColumns();
    float[] lines = alongColumns ? c : x;
    int linesAt = alongColumns ? ci : xi;
    int linesStep = alongColumns ? cs : xs;
    float[] lanes = alongColumns ? x : c;
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
      LineSums.add(
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

  static void rowSum(int rows, int width, float[] x, int xi, float[] sum, int si) {
    int stride = Kernels.stride(width);
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < stride; c++) {
        sum[si + c] += x[xi + row * stride + c];
      }
    }
  }
}
