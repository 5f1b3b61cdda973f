// Generated from SampleLoops.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import java.util.Arrays;

/** {@link SampleLoops} with {@code double} for {@code float}. */
final class DoubleSampleLoops {
  /** Samples reduced side by side, so that additions of one do not wait for those of another. */
  private static final int TOGETHER = 4;

  private DoubleSampleLoops() {}

  static void drain(int count, double[] sum, int si, int step, double[] total, int ti) {
    for (int i = 0, s = si; i < count; i++, s += step) {
      total[ti + i] += sum[s];
      sum[s] = 0;
    }
  }

  static void sum(int rows, int width, double[] x, int xi, int xs, double[] out, int oi) {
    int row = 0;
    for (; row + TOGETHER <= rows; row += TOGETHER) {
      int i0 = xi + row * xs;
      int i1 = i0 + xs;
      int i2 = i1 + xs;
      int i3 = i2 + xs;
      double s0 = x[i0];
      double s1 = x[i1];
      double s2 = x[i2];
      double s3 = x[i3];
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
      double s = x[i];
      for (int c = 1; c < width; c++) {
        s += x[i + c];
      }
      out[oi + row] = s;
    }
  }

  static void maximum(int rows, int width, double[] x, int xi, int xs, double[] out, int oi) {
    for (int row = 0; row < rows; row++) {
      int i = xi + row * xs;
      double largest = x[i];
      for (int c = 1; c < width; c++) {
        largest = ScalarWide.maximum(largest, x[i + c]);
      }
      out[oi + row] = largest;
    }
  }

  static void copyColumns(
      int rows, int width, double[] x, int xi, int xs, double[] out, int oi, int os) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(x, xi + row * xs, out, oi + row * os, width);
    }
  }

  static void broadcast(int rows, int stride, double[] a, int ai, int as, double[] out, int oi) {
    for (int row = 0; row < rows; row++) {
      int o = oi + row * stride;
      Arrays.fill(out, o, o + stride, a[ai + row * as]);
    }
  }
}
