// Generated from RowProductTiles.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link RowProductTiles} with {@code double} for {@code float}. */
final class DoubleRowProductTiles {
  private static final VectorSpecies<Double> S = Lanes.WIDE;
  private static final int L = S.length();

  private DoubleRowProductTiles() {}

  private static DoubleVector load(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  static void tile6x4(
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
    for (int line = 0; line < lines; line += 6, ai += 6, si += 6 * ss) {
      int s1 = si + ss;
      int s2 = s1 + ss;
      int s3 = s2 + ss;
      int s4 = s3 + ss;
      int s5 = s4 + ss;
      DoubleVector s00 = load(sum, si);
      DoubleVector s01 = load(sum, si + 1 * L);
      DoubleVector s02 = load(sum, si + 2 * L);
      DoubleVector s03 = load(sum, si + 3 * L);
      DoubleVector s10 = load(sum, s1);
      DoubleVector s11 = load(sum, s1 + 1 * L);
      DoubleVector s12 = load(sum, s1 + 2 * L);
      DoubleVector s13 = load(sum, s1 + 3 * L);
      DoubleVector s20 = load(sum, s2);
      DoubleVector s21 = load(sum, s2 + 1 * L);
      DoubleVector s22 = load(sum, s2 + 2 * L);
      DoubleVector s23 = load(sum, s2 + 3 * L);
      DoubleVector s30 = load(sum, s3);
      DoubleVector s31 = load(sum, s3 + 1 * L);
      DoubleVector s32 = load(sum, s3 + 2 * L);
      DoubleVector s33 = load(sum, s3 + 3 * L);
      DoubleVector s40 = load(sum, s4);
      DoubleVector s41 = load(sum, s4 + 1 * L);
      DoubleVector s42 = load(sum, s4 + 2 * L);
      DoubleVector s43 = load(sum, s4 + 3 * L);
      DoubleVector s50 = load(sum, s5);
      DoubleVector s51 = load(sum, s5 + 1 * L);
      DoubleVector s52 = load(sum, s5 + 2 * L);
      DoubleVector s53 = load(sum, s5 + 3 * L);
      for (int row = 0; row < rows; row++) {
        int q = bi + row * bs;
        int t = ai + row * as;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector b2 = load(b, q + 2 * L);
        DoubleVector b3 = load(b, q + 3 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        s03 = x0.fma(b3, s03);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        s13 = x1.fma(b3, s13);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        s23 = x2.fma(b3, s23);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        s33 = x3.fma(b3, s33);
        DoubleVector x4 = DoubleVector.broadcast(S, a[t + 4]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        s42 = x4.fma(b2, s42);
        s43 = x4.fma(b3, s43);
        DoubleVector x5 = DoubleVector.broadcast(S, a[t + 5]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        s52 = x5.fma(b2, s52);
        s53 = x5.fma(b3, s53);
      }
      s00.intoArray(sum, si);
      s01.intoArray(sum, si + 1 * L);
      s02.intoArray(sum, si + 2 * L);
      s03.intoArray(sum, si + 3 * L);
      s10.intoArray(sum, s1);
      s11.intoArray(sum, s1 + 1 * L);
      s12.intoArray(sum, s1 + 2 * L);
      s13.intoArray(sum, s1 + 3 * L);
      s20.intoArray(sum, s2);
      s21.intoArray(sum, s2 + 1 * L);
      s22.intoArray(sum, s2 + 2 * L);
      s23.intoArray(sum, s2 + 3 * L);
      s30.intoArray(sum, s3);
      s31.intoArray(sum, s3 + 1 * L);
      s32.intoArray(sum, s3 + 2 * L);
      s33.intoArray(sum, s3 + 3 * L);
      s40.intoArray(sum, s4);
      s41.intoArray(sum, s4 + 1 * L);
      s42.intoArray(sum, s4 + 2 * L);
      s43.intoArray(sum, s4 + 3 * L);
      s50.intoArray(sum, s5);
      s51.intoArray(sum, s5 + 1 * L);
      s52.intoArray(sum, s5 + 2 * L);
      s53.intoArray(sum, s5 + 3 * L);
    }
  }

  static void tile4x4(
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
    for (int line = 0; line < lines; line += 4, ai += 4, si += 4 * ss) {
      int s1 = si + ss;
      int s2 = s1 + ss;
      int s3 = s2 + ss;
      DoubleVector s00 = load(sum, si);
      DoubleVector s01 = load(sum, si + 1 * L);
      DoubleVector s02 = load(sum, si + 2 * L);
      DoubleVector s03 = load(sum, si + 3 * L);
      DoubleVector s10 = load(sum, s1);
      DoubleVector s11 = load(sum, s1 + 1 * L);
      DoubleVector s12 = load(sum, s1 + 2 * L);
      DoubleVector s13 = load(sum, s1 + 3 * L);
      DoubleVector s20 = load(sum, s2);
      DoubleVector s21 = load(sum, s2 + 1 * L);
      DoubleVector s22 = load(sum, s2 + 2 * L);
      DoubleVector s23 = load(sum, s2 + 3 * L);
      DoubleVector s30 = load(sum, s3);
      DoubleVector s31 = load(sum, s3 + 1 * L);
      DoubleVector s32 = load(sum, s3 + 2 * L);
      DoubleVector s33 = load(sum, s3 + 3 * L);
      for (int row = 0; row < rows; row++) {
        int q = bi + row * bs;
        int t = ai + row * as;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector b2 = load(b, q + 2 * L);
        DoubleVector b3 = load(b, q + 3 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        s03 = x0.fma(b3, s03);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        s13 = x1.fma(b3, s13);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        s23 = x2.fma(b3, s23);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        s33 = x3.fma(b3, s33);
      }
      s00.intoArray(sum, si);
      s01.intoArray(sum, si + 1 * L);
      s02.intoArray(sum, si + 2 * L);
      s03.intoArray(sum, si + 3 * L);
      s10.intoArray(sum, s1);
      s11.intoArray(sum, s1 + 1 * L);
      s12.intoArray(sum, s1 + 2 * L);
      s13.intoArray(sum, s1 + 3 * L);
      s20.intoArray(sum, s2);
      s21.intoArray(sum, s2 + 1 * L);
      s22.intoArray(sum, s2 + 2 * L);
      s23.intoArray(sum, s2 + 3 * L);
      s30.intoArray(sum, s3);
      s31.intoArray(sum, s3 + 1 * L);
      s32.intoArray(sum, s3 + 2 * L);
      s33.intoArray(sum, s3 + 3 * L);
    }
  }

  static void tile1x4(
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
    for (int line = 0; line < lines; line += 1, ai += 1, si += 1 * ss) {
      DoubleVector s00 = load(sum, si);
      DoubleVector s01 = load(sum, si + 1 * L);
      DoubleVector s02 = load(sum, si + 2 * L);
      DoubleVector s03 = load(sum, si + 3 * L);
      for (int row = 0; row < rows; row++) {
        int q = bi + row * bs;
        int t = ai + row * as;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector b2 = load(b, q + 2 * L);
        DoubleVector b3 = load(b, q + 3 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        s03 = x0.fma(b3, s03);
      }
      s00.intoArray(sum, si);
      s01.intoArray(sum, si + 1 * L);
      s02.intoArray(sum, si + 2 * L);
      s03.intoArray(sum, si + 3 * L);
    }
  }

  static void tile8x3(
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
    for (int line = 0; line < lines; line += 8, ai += 8, si += 8 * ss) {
      int s1 = si + ss;
      int s2 = s1 + ss;
      int s3 = s2 + ss;
      int s4 = s3 + ss;
      int s5 = s4 + ss;
      int s6 = s5 + ss;
      int s7 = s6 + ss;
      DoubleVector s00 = load(sum, si);
      DoubleVector s01 = load(sum, si + 1 * L);
      DoubleVector s02 = load(sum, si + 2 * L);
      DoubleVector s10 = load(sum, s1);
      DoubleVector s11 = load(sum, s1 + 1 * L);
      DoubleVector s12 = load(sum, s1 + 2 * L);
      DoubleVector s20 = load(sum, s2);
      DoubleVector s21 = load(sum, s2 + 1 * L);
      DoubleVector s22 = load(sum, s2 + 2 * L);
      DoubleVector s30 = load(sum, s3);
      DoubleVector s31 = load(sum, s3 + 1 * L);
      DoubleVector s32 = load(sum, s3 + 2 * L);
      DoubleVector s40 = load(sum, s4);
      DoubleVector s41 = load(sum, s4 + 1 * L);
      DoubleVector s42 = load(sum, s4 + 2 * L);
      DoubleVector s50 = load(sum, s5);
      DoubleVector s51 = load(sum, s5 + 1 * L);
      DoubleVector s52 = load(sum, s5 + 2 * L);
      DoubleVector s60 = load(sum, s6);
      DoubleVector s61 = load(sum, s6 + 1 * L);
      DoubleVector s62 = load(sum, s6 + 2 * L);
      DoubleVector s70 = load(sum, s7);
      DoubleVector s71 = load(sum, s7 + 1 * L);
      DoubleVector s72 = load(sum, s7 + 2 * L);
      for (int row = 0; row < rows; row++) {
        int q = bi + row * bs;
        int t = ai + row * as;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector b2 = load(b, q + 2 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        DoubleVector x4 = DoubleVector.broadcast(S, a[t + 4]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        s42 = x4.fma(b2, s42);
        DoubleVector x5 = DoubleVector.broadcast(S, a[t + 5]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        s52 = x5.fma(b2, s52);
        DoubleVector x6 = DoubleVector.broadcast(S, a[t + 6]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        s62 = x6.fma(b2, s62);
        DoubleVector x7 = DoubleVector.broadcast(S, a[t + 7]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
        s72 = x7.fma(b2, s72);
      }
      s00.intoArray(sum, si);
      s01.intoArray(sum, si + 1 * L);
      s02.intoArray(sum, si + 2 * L);
      s10.intoArray(sum, s1);
      s11.intoArray(sum, s1 + 1 * L);
      s12.intoArray(sum, s1 + 2 * L);
      s20.intoArray(sum, s2);
      s21.intoArray(sum, s2 + 1 * L);
      s22.intoArray(sum, s2 + 2 * L);
      s30.intoArray(sum, s3);
      s31.intoArray(sum, s3 + 1 * L);
      s32.intoArray(sum, s3 + 2 * L);
      s40.intoArray(sum, s4);
      s41.intoArray(sum, s4 + 1 * L);
      s42.intoArray(sum, s4 + 2 * L);
      s50.intoArray(sum, s5);
      s51.intoArray(sum, s5 + 1 * L);
      s52.intoArray(sum, s5 + 2 * L);
      s60.intoArray(sum, s6);
      s61.intoArray(sum, s6 + 1 * L);
      s62.intoArray(sum, s6 + 2 * L);
      s70.intoArray(sum, s7);
      s71.intoArray(sum, s7 + 1 * L);
      s72.intoArray(sum, s7 + 2 * L);
    }
  }

  static void tile8x2(
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
    for (int line = 0; line < lines; line += 8, ai += 8, si += 8 * ss) {
      int s1 = si + ss;
      int s2 = s1 + ss;
      int s3 = s2 + ss;
      int s4 = s3 + ss;
      int s5 = s4 + ss;
      int s6 = s5 + ss;
      int s7 = s6 + ss;
      DoubleVector s00 = load(sum, si);
      DoubleVector s01 = load(sum, si + 1 * L);
      DoubleVector s10 = load(sum, s1);
      DoubleVector s11 = load(sum, s1 + 1 * L);
      DoubleVector s20 = load(sum, s2);
      DoubleVector s21 = load(sum, s2 + 1 * L);
      DoubleVector s30 = load(sum, s3);
      DoubleVector s31 = load(sum, s3 + 1 * L);
      DoubleVector s40 = load(sum, s4);
      DoubleVector s41 = load(sum, s4 + 1 * L);
      DoubleVector s50 = load(sum, s5);
      DoubleVector s51 = load(sum, s5 + 1 * L);
      DoubleVector s60 = load(sum, s6);
      DoubleVector s61 = load(sum, s6 + 1 * L);
      DoubleVector s70 = load(sum, s7);
      DoubleVector s71 = load(sum, s7 + 1 * L);
      for (int row = 0; row < rows; row++) {
        int q = bi + row * bs;
        int t = ai + row * as;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        DoubleVector x4 = DoubleVector.broadcast(S, a[t + 4]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        DoubleVector x5 = DoubleVector.broadcast(S, a[t + 5]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        DoubleVector x6 = DoubleVector.broadcast(S, a[t + 6]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        DoubleVector x7 = DoubleVector.broadcast(S, a[t + 7]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
      }
      s00.intoArray(sum, si);
      s01.intoArray(sum, si + 1 * L);
      s10.intoArray(sum, s1);
      s11.intoArray(sum, s1 + 1 * L);
      s20.intoArray(sum, s2);
      s21.intoArray(sum, s2 + 1 * L);
      s30.intoArray(sum, s3);
      s31.intoArray(sum, s3 + 1 * L);
      s40.intoArray(sum, s4);
      s41.intoArray(sum, s4 + 1 * L);
      s50.intoArray(sum, s5);
      s51.intoArray(sum, s5 + 1 * L);
      s60.intoArray(sum, s6);
      s61.intoArray(sum, s6 + 1 * L);
      s70.intoArray(sum, s7);
      s71.intoArray(sum, s7 + 1 * L);
    }
  }

  static void tile8x1(
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
    for (int line = 0; line < lines; line += 8, ai += 8, si += 8 * ss) {
      int s1 = si + ss;
      int s2 = s1 + ss;
      int s3 = s2 + ss;
      int s4 = s3 + ss;
      int s5 = s4 + ss;
      int s6 = s5 + ss;
      int s7 = s6 + ss;
      DoubleVector s00 = load(sum, si);
      DoubleVector s10 = load(sum, s1);
      DoubleVector s20 = load(sum, s2);
      DoubleVector s30 = load(sum, s3);
      DoubleVector s40 = load(sum, s4);
      DoubleVector s50 = load(sum, s5);
      DoubleVector s60 = load(sum, s6);
      DoubleVector s70 = load(sum, s7);
      for (int row = 0; row < rows; row++) {
        int q = bi + row * bs;
        int t = ai + row * as;
        DoubleVector b0 = load(b, q);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1]);
        s10 = x1.fma(b0, s10);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2]);
        s20 = x2.fma(b0, s20);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3]);
        s30 = x3.fma(b0, s30);
        DoubleVector x4 = DoubleVector.broadcast(S, a[t + 4]);
        s40 = x4.fma(b0, s40);
        DoubleVector x5 = DoubleVector.broadcast(S, a[t + 5]);
        s50 = x5.fma(b0, s50);
        DoubleVector x6 = DoubleVector.broadcast(S, a[t + 6]);
        s60 = x6.fma(b0, s60);
        DoubleVector x7 = DoubleVector.broadcast(S, a[t + 7]);
        s70 = x7.fma(b0, s70);
      }
      s00.intoArray(sum, si);
      s10.intoArray(sum, s1);
      s20.intoArray(sum, s2);
      s30.intoArray(sum, s3);
      s40.intoArray(sum, s4);
      s50.intoArray(sum, s5);
      s60.intoArray(sum, s6);
      s70.intoArray(sum, s7);
    }
  }

  static void tile5x2(
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
    for (int line = 0; line < lines; line += 5, ai += 5, si += 5 * ss) {
      int s1 = si + ss;
      int s2 = s1 + ss;
      int s3 = s2 + ss;
      int s4 = s3 + ss;
      DoubleVector s00 = load(sum, si);
      DoubleVector s01 = load(sum, si + 1 * L);
      DoubleVector s10 = load(sum, s1);
      DoubleVector s11 = load(sum, s1 + 1 * L);
      DoubleVector s20 = load(sum, s2);
      DoubleVector s21 = load(sum, s2 + 1 * L);
      DoubleVector s30 = load(sum, s3);
      DoubleVector s31 = load(sum, s3 + 1 * L);
      DoubleVector s40 = load(sum, s4);
      DoubleVector s41 = load(sum, s4 + 1 * L);
      for (int row = 0; row < rows; row++) {
        int q = bi + row * bs;
        int t = ai + row * as;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        DoubleVector x4 = DoubleVector.broadcast(S, a[t + 4]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
      }
      s00.intoArray(sum, si);
      s01.intoArray(sum, si + 1 * L);
      s10.intoArray(sum, s1);
      s11.intoArray(sum, s1 + 1 * L);
      s20.intoArray(sum, s2);
      s21.intoArray(sum, s2 + 1 * L);
      s30.intoArray(sum, s3);
      s31.intoArray(sum, s3 + 1 * L);
      s40.intoArray(sum, s4);
      s41.intoArray(sum, s4 + 1 * L);
    }
  }

  static void tile4x2(
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
    for (int line = 0; line < lines; line += 4, ai += 4, si += 4 * ss) {
      int s1 = si + ss;
      int s2 = s1 + ss;
      int s3 = s2 + ss;
      DoubleVector s00 = load(sum, si);
      DoubleVector s01 = load(sum, si + 1 * L);
      DoubleVector s10 = load(sum, s1);
      DoubleVector s11 = load(sum, s1 + 1 * L);
      DoubleVector s20 = load(sum, s2);
      DoubleVector s21 = load(sum, s2 + 1 * L);
      DoubleVector s30 = load(sum, s3);
      DoubleVector s31 = load(sum, s3 + 1 * L);
      for (int row = 0; row < rows; row++) {
        int q = bi + row * bs;
        int t = ai + row * as;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
      }
      s00.intoArray(sum, si);
      s01.intoArray(sum, si + 1 * L);
      s10.intoArray(sum, s1);
      s11.intoArray(sum, s1 + 1 * L);
      s20.intoArray(sum, s2);
      s21.intoArray(sum, s2 + 1 * L);
      s30.intoArray(sum, s3);
      s31.intoArray(sum, s3 + 1 * L);
    }
  }

  static void tile1x2(
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
    for (int line = 0; line < lines; line += 1, ai += 1, si += 1 * ss) {
      DoubleVector s00 = load(sum, si);
      DoubleVector s01 = load(sum, si + 1 * L);
      for (int row = 0; row < rows; row++) {
        int q = bi + row * bs;
        int t = ai + row * as;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
      }
      s00.intoArray(sum, si);
      s01.intoArray(sum, si + 1 * L);
    }
  }

  static void tile1x1(
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
    for (int line = 0; line < lines; line += 1, ai += 1, si += 1 * ss) {
      DoubleVector s00 = load(sum, si);
      for (int row = 0; row < rows; row++) {
        int q = bi + row * bs;
        int t = ai + row * as;
        DoubleVector b0 = load(b, q);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
      }
      s00.intoArray(sum, si);
    }
  }
}
