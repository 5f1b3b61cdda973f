package org.anabranch.backend.simd;

import java.util.Arrays;

/** Loops over the components of a sample, or over accumulated sums, that lanes do not speed up. */
final class SampleLoops {
  /** Samples reduced side by side, so that additions of one do not wait for those of another. */
  private static final int TOGETHER = 4;

  private SampleLoops() {}

  static void drain(int count, float[] sum, int si, int step, double[] total, int ti) {
    for (int i = 0, s = si; i < count; i++, s += step) {
      total[ti + i] += sum[s];
      sum[s] = 0;
    }
  }

  static void sum(int rows, int width, float[] x, int xi, int xs, float[] out, int oi) {
    int row = 0;
    for (; row + TOGETHER <= rows; row += TOGETHER) {
      int i0 = xi + row * xs;
      int i1 = i0 + xs;
      int i2 = i1 + xs;
      int i3 = i2 + xs;
      float s0 = x[i0];
      float s1 = x[i1];
      float s2 = x[i2];
      float s3 = x[i3];
      for (int c = 1; c < width; c++) {
        s0 += x[i0 + c];
        s1 += x[i1 + c];
        s2 += x[i2 + c];
        s3 += x[i3 + c];
      }
      out[oi + row] = s0;
      out[oi + row + 1] = s1;
      out[oi + row + 2] = s2;
      out[oi + row + 3] = s3;
    }
    for (; row < rows; row++) {
      int i = xi + row * xs;
      float s = x[i];
      for (int c = 1; c < width; c++) {
        s += x[i + c];
      }
      out[oi + row] = s;
    }
  }

  static void maximum(int rows, int width, float[] x, int xi, int xs, float[] out, int oi) {
    for (int row = 0; row < rows; row++) {
      int i = xi + row * xs;
      float largest = x[i];
      for (int c = 1; c < width; c++) {
        largest = ScalarElementwise.maximum(largest, x[i + c]);
      }
      out[oi + row] = largest;
    }
  }

  static void copyColumns(
      int rows, int width, float[] x, int xi, int xs, float[] out, int oi, int os) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(x, xi + row * xs, out, oi + row * os, width);
    }
  }

  static void broadcast(int rows, int stride, float[] a, int ai, int as, float[] out, int oi) {
    for (int row = 0; row < rows; row++) {
      int o = oi + row * stride;
      Arrays.fill(out, o, o + stride, a[ai + row * as]);
    }
  }
}
