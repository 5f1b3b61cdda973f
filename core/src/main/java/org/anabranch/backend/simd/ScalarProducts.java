package org.anabranch.backend.simd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Products without lanes: what {@link VectorProducts} must repeat to the last bit. Eight outputs go
 * side by side, since an fma waits four cycles for the one before it.
 */
final class ScalarProducts {
  /** Columns of a packed panel. */
  private static final int PANEL = 8;

  private static final float[] ZEROS = new float[PANEL];

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
    for (int j = 0; j < stride; j += PANEL) {
      for (int row = 0; row < rows; row++) {
        float[] base = bias == null ? ZEROS : bias;
        int baseAt = bias == null ? 0 : bi + j;
        int o = oi + row * stride + j;
        System.arraycopy(base, baseAt, out, o, PANEL);
        panel(depth, a, ai + row * as, 1, packed, pi + j * depth, PANEL, out, o);
      }
    }
  }

  /** sum[0 … 7] += Σ a[p] · b[p, 0 … 7] by fma in the order of p. */
  private static void panel(
      int depth, float[] a, int ai, int as, float[] b, int bi, int bs, float[] sum, int si) {
    float s0 = sum[si];
    float s1 = sum[si + 1];
    float s2 = sum[si + 2];
    float s3 = sum[si + 3];
    float s4 = sum[si + 4];
    float s5 = sum[si + 5];
    float s6 = sum[si + 6];
    float s7 = sum[si + 7];
    for (int p = 0; p < depth; p++) {
      float x = a[ai + p * as];
      int q = bi + p * bs;
      s0 = Math.fma(x, b[q], s0);
      s1 = Math.fma(x, b[q + 1], s1);
      s2 = Math.fma(x, b[q + 2], s2);
      s3 = Math.fma(x, b[q + 3], s3);
      s4 = Math.fma(x, b[q + 4], s4);
      s5 = Math.fma(x, b[q + 5], s5);
      s6 = Math.fma(x, b[q + 6], s6);
      s7 = Math.fma(x, b[q + 7], s7);
    }
    sum[si] = s0;
    sum[si + 1] = s1;
    sum[si + 2] = s2;
    sum[si + 3] = s3;
    sum[si + 4] = s4;
    sum[si + 5] = s5;
    sum[si + 6] = s6;
    sum[si + 7] = s7;
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
    for (int line = 0; line < layout.lines(); line++) {
      int s = si + line * layout.lanes();
      if (lanesStep == 1) {
        for (int row = 0; row < rows; row++) {
          sum[s] = Math.fma(lines[linesAt + row * linesStep + line], lanes[lanesAt + row], sum[s]);
        }
        continue;
      }
      for (int lane = 0; lane < layout.lanes(); lane += PANEL) {
        panel(
            rows,
            lines,
            linesAt + line,
            linesStep,
            lanes,
            lanesAt + lane,
            lanesStep,
            sum,
            s + lane);
      }
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
