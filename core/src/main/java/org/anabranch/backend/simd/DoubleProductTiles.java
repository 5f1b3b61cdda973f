// Generated from ProductTiles.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ProductTiles} with {@code double} for {@code float}. */
final class DoubleProductTiles {
  private static final VectorSpecies<Double> S = Lanes.WIDE;
  private static final int L = S.length();
  private static final int TWO = 2 * L;
  private static final int FOUR = 4 * L;

  private DoubleProductTiles() {}

  private static DoubleVector load(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  static void tile6x4(
      int rows,
      int depth,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi,
      int os) {
    for (int row = 0; row < rows; row += 6, ai += 6 * as, oi += 6 * os) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s01 = load(bias, di + 1 * L);
      DoubleVector s02 = load(bias, di + 2 * L);
      DoubleVector s03 = load(bias, di + 3 * L);
      DoubleVector s10 = s00;
      DoubleVector s11 = s01;
      DoubleVector s12 = s02;
      DoubleVector s13 = s03;
      DoubleVector s20 = s00;
      DoubleVector s21 = s01;
      DoubleVector s22 = s02;
      DoubleVector s23 = s03;
      DoubleVector s30 = s00;
      DoubleVector s31 = s01;
      DoubleVector s32 = s02;
      DoubleVector s33 = s03;
      DoubleVector s40 = s00;
      DoubleVector s41 = s01;
      DoubleVector s42 = s02;
      DoubleVector s43 = s03;
      DoubleVector s50 = s00;
      DoubleVector s51 = s01;
      DoubleVector s52 = s02;
      DoubleVector s53 = s03;
      int a1 = ai + as;
      int a2 = a1 + as;
      int a3 = a2 + as;
      int a4 = a3 + as;
      int a5 = a4 + as;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector b2 = load(b, q + 2 * L);
        DoubleVector b3 = load(b, q + 3 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[ai + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        s03 = x0.fma(b3, s03);
        DoubleVector x1 = DoubleVector.broadcast(S, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        s13 = x1.fma(b3, s13);
        DoubleVector x2 = DoubleVector.broadcast(S, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        s23 = x2.fma(b3, s23);
        DoubleVector x3 = DoubleVector.broadcast(S, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        s33 = x3.fma(b3, s33);
        DoubleVector x4 = DoubleVector.broadcast(S, a[a4 + p]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        s42 = x4.fma(b2, s42);
        s43 = x4.fma(b3, s43);
        DoubleVector x5 = DoubleVector.broadcast(S, a[a5 + p]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        s52 = x5.fma(b2, s52);
        s53 = x5.fma(b3, s53);
      }
      s00.intoArray(out, oi);
      s01.intoArray(out, oi + 1 * L);
      s02.intoArray(out, oi + 2 * L);
      s03.intoArray(out, oi + 3 * L);
      s10.intoArray(out, oi + os);
      s11.intoArray(out, oi + os + 1 * L);
      s12.intoArray(out, oi + os + 2 * L);
      s13.intoArray(out, oi + os + 3 * L);
      s20.intoArray(out, oi + 2 * os);
      s21.intoArray(out, oi + 2 * os + 1 * L);
      s22.intoArray(out, oi + 2 * os + 2 * L);
      s23.intoArray(out, oi + 2 * os + 3 * L);
      s30.intoArray(out, oi + 3 * os);
      s31.intoArray(out, oi + 3 * os + 1 * L);
      s32.intoArray(out, oi + 3 * os + 2 * L);
      s33.intoArray(out, oi + 3 * os + 3 * L);
      s40.intoArray(out, oi + 4 * os);
      s41.intoArray(out, oi + 4 * os + 1 * L);
      s42.intoArray(out, oi + 4 * os + 2 * L);
      s43.intoArray(out, oi + 4 * os + 3 * L);
      s50.intoArray(out, oi + 5 * os);
      s51.intoArray(out, oi + 5 * os + 1 * L);
      s52.intoArray(out, oi + 5 * os + 2 * L);
      s53.intoArray(out, oi + 5 * os + 3 * L);
    }
  }

  static void tile4x4(
      int rows,
      int depth,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi,
      int os) {
    for (int row = 0; row < rows; row += 4, ai += 4 * as, oi += 4 * os) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s01 = load(bias, di + 1 * L);
      DoubleVector s02 = load(bias, di + 2 * L);
      DoubleVector s03 = load(bias, di + 3 * L);
      DoubleVector s10 = s00;
      DoubleVector s11 = s01;
      DoubleVector s12 = s02;
      DoubleVector s13 = s03;
      DoubleVector s20 = s00;
      DoubleVector s21 = s01;
      DoubleVector s22 = s02;
      DoubleVector s23 = s03;
      DoubleVector s30 = s00;
      DoubleVector s31 = s01;
      DoubleVector s32 = s02;
      DoubleVector s33 = s03;
      int a1 = ai + as;
      int a2 = a1 + as;
      int a3 = a2 + as;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector b2 = load(b, q + 2 * L);
        DoubleVector b3 = load(b, q + 3 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[ai + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        s03 = x0.fma(b3, s03);
        DoubleVector x1 = DoubleVector.broadcast(S, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        s13 = x1.fma(b3, s13);
        DoubleVector x2 = DoubleVector.broadcast(S, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        s23 = x2.fma(b3, s23);
        DoubleVector x3 = DoubleVector.broadcast(S, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        s33 = x3.fma(b3, s33);
      }
      s00.intoArray(out, oi);
      s01.intoArray(out, oi + 1 * L);
      s02.intoArray(out, oi + 2 * L);
      s03.intoArray(out, oi + 3 * L);
      s10.intoArray(out, oi + os);
      s11.intoArray(out, oi + os + 1 * L);
      s12.intoArray(out, oi + os + 2 * L);
      s13.intoArray(out, oi + os + 3 * L);
      s20.intoArray(out, oi + 2 * os);
      s21.intoArray(out, oi + 2 * os + 1 * L);
      s22.intoArray(out, oi + 2 * os + 2 * L);
      s23.intoArray(out, oi + 2 * os + 3 * L);
      s30.intoArray(out, oi + 3 * os);
      s31.intoArray(out, oi + 3 * os + 1 * L);
      s32.intoArray(out, oi + 3 * os + 2 * L);
      s33.intoArray(out, oi + 3 * os + 3 * L);
    }
  }

  static void tile8x3(
      int rows,
      int depth,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi,
      int os) {
    for (int row = 0; row < rows; row += 8, ai += 8 * as, oi += 8 * os) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s01 = load(bias, di + 1 * L);
      DoubleVector s02 = load(bias, di + 2 * L);
      DoubleVector s10 = s00;
      DoubleVector s11 = s01;
      DoubleVector s12 = s02;
      DoubleVector s20 = s00;
      DoubleVector s21 = s01;
      DoubleVector s22 = s02;
      DoubleVector s30 = s00;
      DoubleVector s31 = s01;
      DoubleVector s32 = s02;
      DoubleVector s40 = s00;
      DoubleVector s41 = s01;
      DoubleVector s42 = s02;
      DoubleVector s50 = s00;
      DoubleVector s51 = s01;
      DoubleVector s52 = s02;
      DoubleVector s60 = s00;
      DoubleVector s61 = s01;
      DoubleVector s62 = s02;
      DoubleVector s70 = s00;
      DoubleVector s71 = s01;
      DoubleVector s72 = s02;
      int a1 = ai + as;
      int a2 = a1 + as;
      int a3 = a2 + as;
      int a4 = a3 + as;
      int a5 = a4 + as;
      int a6 = a5 + as;
      int a7 = a6 + as;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector b2 = load(b, q + 2 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[ai + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        DoubleVector x1 = DoubleVector.broadcast(S, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        DoubleVector x2 = DoubleVector.broadcast(S, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        DoubleVector x3 = DoubleVector.broadcast(S, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        DoubleVector x4 = DoubleVector.broadcast(S, a[a4 + p]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        s42 = x4.fma(b2, s42);
        DoubleVector x5 = DoubleVector.broadcast(S, a[a5 + p]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        s52 = x5.fma(b2, s52);
        DoubleVector x6 = DoubleVector.broadcast(S, a[a6 + p]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        s62 = x6.fma(b2, s62);
        DoubleVector x7 = DoubleVector.broadcast(S, a[a7 + p]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
        s72 = x7.fma(b2, s72);
      }
      s00.intoArray(out, oi);
      s01.intoArray(out, oi + 1 * L);
      s02.intoArray(out, oi + 2 * L);
      s10.intoArray(out, oi + os);
      s11.intoArray(out, oi + os + 1 * L);
      s12.intoArray(out, oi + os + 2 * L);
      s20.intoArray(out, oi + 2 * os);
      s21.intoArray(out, oi + 2 * os + 1 * L);
      s22.intoArray(out, oi + 2 * os + 2 * L);
      s30.intoArray(out, oi + 3 * os);
      s31.intoArray(out, oi + 3 * os + 1 * L);
      s32.intoArray(out, oi + 3 * os + 2 * L);
      s40.intoArray(out, oi + 4 * os);
      s41.intoArray(out, oi + 4 * os + 1 * L);
      s42.intoArray(out, oi + 4 * os + 2 * L);
      s50.intoArray(out, oi + 5 * os);
      s51.intoArray(out, oi + 5 * os + 1 * L);
      s52.intoArray(out, oi + 5 * os + 2 * L);
      s60.intoArray(out, oi + 6 * os);
      s61.intoArray(out, oi + 6 * os + 1 * L);
      s62.intoArray(out, oi + 6 * os + 2 * L);
      s70.intoArray(out, oi + 7 * os);
      s71.intoArray(out, oi + 7 * os + 1 * L);
      s72.intoArray(out, oi + 7 * os + 2 * L);
    }
  }

  static void tile8x2(
      int rows,
      int depth,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi,
      int os) {
    for (int row = 0; row < rows; row += 8, ai += 8 * as, oi += 8 * os) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s01 = load(bias, di + 1 * L);
      DoubleVector s10 = s00;
      DoubleVector s11 = s01;
      DoubleVector s20 = s00;
      DoubleVector s21 = s01;
      DoubleVector s30 = s00;
      DoubleVector s31 = s01;
      DoubleVector s40 = s00;
      DoubleVector s41 = s01;
      DoubleVector s50 = s00;
      DoubleVector s51 = s01;
      DoubleVector s60 = s00;
      DoubleVector s61 = s01;
      DoubleVector s70 = s00;
      DoubleVector s71 = s01;
      int a1 = ai + as;
      int a2 = a1 + as;
      int a3 = a2 + as;
      int a4 = a3 + as;
      int a5 = a4 + as;
      int a6 = a5 + as;
      int a7 = a6 + as;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[ai + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        DoubleVector x1 = DoubleVector.broadcast(S, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        DoubleVector x2 = DoubleVector.broadcast(S, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        DoubleVector x3 = DoubleVector.broadcast(S, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        DoubleVector x4 = DoubleVector.broadcast(S, a[a4 + p]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        DoubleVector x5 = DoubleVector.broadcast(S, a[a5 + p]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        DoubleVector x6 = DoubleVector.broadcast(S, a[a6 + p]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        DoubleVector x7 = DoubleVector.broadcast(S, a[a7 + p]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
      }
      s00.intoArray(out, oi);
      s01.intoArray(out, oi + 1 * L);
      s10.intoArray(out, oi + os);
      s11.intoArray(out, oi + os + 1 * L);
      s20.intoArray(out, oi + 2 * os);
      s21.intoArray(out, oi + 2 * os + 1 * L);
      s30.intoArray(out, oi + 3 * os);
      s31.intoArray(out, oi + 3 * os + 1 * L);
      s40.intoArray(out, oi + 4 * os);
      s41.intoArray(out, oi + 4 * os + 1 * L);
      s50.intoArray(out, oi + 5 * os);
      s51.intoArray(out, oi + 5 * os + 1 * L);
      s60.intoArray(out, oi + 6 * os);
      s61.intoArray(out, oi + 6 * os + 1 * L);
      s70.intoArray(out, oi + 7 * os);
      s71.intoArray(out, oi + 7 * os + 1 * L);
    }
  }

  static void tile8x1(
      int rows,
      int depth,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi,
      int os) {
    for (int row = 0; row < rows; row += 8, ai += 8 * as, oi += 8 * os) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s10 = s00;
      DoubleVector s20 = s00;
      DoubleVector s30 = s00;
      DoubleVector s40 = s00;
      DoubleVector s50 = s00;
      DoubleVector s60 = s00;
      DoubleVector s70 = s00;
      int a1 = ai + as;
      int a2 = a1 + as;
      int a3 = a2 + as;
      int a4 = a3 + as;
      int a5 = a4 + as;
      int a6 = a5 + as;
      int a7 = a6 + as;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        DoubleVector b0 = load(b, q);
        DoubleVector x0 = DoubleVector.broadcast(S, a[ai + p]);
        s00 = x0.fma(b0, s00);
        DoubleVector x1 = DoubleVector.broadcast(S, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        DoubleVector x2 = DoubleVector.broadcast(S, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        DoubleVector x3 = DoubleVector.broadcast(S, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        DoubleVector x4 = DoubleVector.broadcast(S, a[a4 + p]);
        s40 = x4.fma(b0, s40);
        DoubleVector x5 = DoubleVector.broadcast(S, a[a5 + p]);
        s50 = x5.fma(b0, s50);
        DoubleVector x6 = DoubleVector.broadcast(S, a[a6 + p]);
        s60 = x6.fma(b0, s60);
        DoubleVector x7 = DoubleVector.broadcast(S, a[a7 + p]);
        s70 = x7.fma(b0, s70);
      }
      s00.intoArray(out, oi);
      s10.intoArray(out, oi + os);
      s20.intoArray(out, oi + 2 * os);
      s30.intoArray(out, oi + 3 * os);
      s40.intoArray(out, oi + 4 * os);
      s50.intoArray(out, oi + 5 * os);
      s60.intoArray(out, oi + 6 * os);
      s70.intoArray(out, oi + 7 * os);
    }
  }

  static void tile6x4Tight(
      int rows,
      int depth,
      double[] a,
      int ai,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row += 6, ai += 6 * FOUR, oi += 6 * FOUR) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s01 = load(bias, di + 1 * L);
      DoubleVector s02 = load(bias, di + 2 * L);
      DoubleVector s03 = load(bias, di + 3 * L);
      DoubleVector s10 = s00;
      DoubleVector s11 = s01;
      DoubleVector s12 = s02;
      DoubleVector s13 = s03;
      DoubleVector s20 = s00;
      DoubleVector s21 = s01;
      DoubleVector s22 = s02;
      DoubleVector s23 = s03;
      DoubleVector s30 = s00;
      DoubleVector s31 = s01;
      DoubleVector s32 = s02;
      DoubleVector s33 = s03;
      DoubleVector s40 = s00;
      DoubleVector s41 = s01;
      DoubleVector s42 = s02;
      DoubleVector s43 = s03;
      DoubleVector s50 = s00;
      DoubleVector s51 = s01;
      DoubleVector s52 = s02;
      DoubleVector s53 = s03;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        int t = ai + p;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector b2 = load(b, q + 2 * L);
        DoubleVector b3 = load(b, q + 3 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        s03 = x0.fma(b3, s03);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1 * FOUR]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        s13 = x1.fma(b3, s13);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2 * FOUR]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        s23 = x2.fma(b3, s23);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3 * FOUR]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        s33 = x3.fma(b3, s33);
        DoubleVector x4 = DoubleVector.broadcast(S, a[t + 4 * FOUR]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        s42 = x4.fma(b2, s42);
        s43 = x4.fma(b3, s43);
        DoubleVector x5 = DoubleVector.broadcast(S, a[t + 5 * FOUR]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        s52 = x5.fma(b2, s52);
        s53 = x5.fma(b3, s53);
      }
      s00.intoArray(out, oi);
      s01.intoArray(out, oi + 1 * L);
      s02.intoArray(out, oi + 2 * L);
      s03.intoArray(out, oi + 3 * L);
      s10.intoArray(out, oi + FOUR);
      s11.intoArray(out, oi + FOUR + 1 * L);
      s12.intoArray(out, oi + FOUR + 2 * L);
      s13.intoArray(out, oi + FOUR + 3 * L);
      s20.intoArray(out, oi + 2 * FOUR);
      s21.intoArray(out, oi + 2 * FOUR + 1 * L);
      s22.intoArray(out, oi + 2 * FOUR + 2 * L);
      s23.intoArray(out, oi + 2 * FOUR + 3 * L);
      s30.intoArray(out, oi + 3 * FOUR);
      s31.intoArray(out, oi + 3 * FOUR + 1 * L);
      s32.intoArray(out, oi + 3 * FOUR + 2 * L);
      s33.intoArray(out, oi + 3 * FOUR + 3 * L);
      s40.intoArray(out, oi + 4 * FOUR);
      s41.intoArray(out, oi + 4 * FOUR + 1 * L);
      s42.intoArray(out, oi + 4 * FOUR + 2 * L);
      s43.intoArray(out, oi + 4 * FOUR + 3 * L);
      s50.intoArray(out, oi + 5 * FOUR);
      s51.intoArray(out, oi + 5 * FOUR + 1 * L);
      s52.intoArray(out, oi + 5 * FOUR + 2 * L);
      s53.intoArray(out, oi + 5 * FOUR + 3 * L);
    }
  }

  static void tile4x4Tight(
      int rows,
      int depth,
      double[] a,
      int ai,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row += 4, ai += 4 * FOUR, oi += 4 * FOUR) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s01 = load(bias, di + 1 * L);
      DoubleVector s02 = load(bias, di + 2 * L);
      DoubleVector s03 = load(bias, di + 3 * L);
      DoubleVector s10 = s00;
      DoubleVector s11 = s01;
      DoubleVector s12 = s02;
      DoubleVector s13 = s03;
      DoubleVector s20 = s00;
      DoubleVector s21 = s01;
      DoubleVector s22 = s02;
      DoubleVector s23 = s03;
      DoubleVector s30 = s00;
      DoubleVector s31 = s01;
      DoubleVector s32 = s02;
      DoubleVector s33 = s03;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        int t = ai + p;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector b2 = load(b, q + 2 * L);
        DoubleVector b3 = load(b, q + 3 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        s03 = x0.fma(b3, s03);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1 * FOUR]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        s13 = x1.fma(b3, s13);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2 * FOUR]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        s23 = x2.fma(b3, s23);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3 * FOUR]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        s33 = x3.fma(b3, s33);
      }
      s00.intoArray(out, oi);
      s01.intoArray(out, oi + 1 * L);
      s02.intoArray(out, oi + 2 * L);
      s03.intoArray(out, oi + 3 * L);
      s10.intoArray(out, oi + FOUR);
      s11.intoArray(out, oi + FOUR + 1 * L);
      s12.intoArray(out, oi + FOUR + 2 * L);
      s13.intoArray(out, oi + FOUR + 3 * L);
      s20.intoArray(out, oi + 2 * FOUR);
      s21.intoArray(out, oi + 2 * FOUR + 1 * L);
      s22.intoArray(out, oi + 2 * FOUR + 2 * L);
      s23.intoArray(out, oi + 2 * FOUR + 3 * L);
      s30.intoArray(out, oi + 3 * FOUR);
      s31.intoArray(out, oi + 3 * FOUR + 1 * L);
      s32.intoArray(out, oi + 3 * FOUR + 2 * L);
      s33.intoArray(out, oi + 3 * FOUR + 3 * L);
    }
  }

  static void tile12x2Tight(
      int rows,
      int depth,
      double[] a,
      int ai,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row += 12, ai += 12 * TWO, oi += 12 * TWO) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s01 = load(bias, di + 1 * L);
      DoubleVector s10 = s00;
      DoubleVector s11 = s01;
      DoubleVector s20 = s00;
      DoubleVector s21 = s01;
      DoubleVector s30 = s00;
      DoubleVector s31 = s01;
      DoubleVector s40 = s00;
      DoubleVector s41 = s01;
      DoubleVector s50 = s00;
      DoubleVector s51 = s01;
      DoubleVector s60 = s00;
      DoubleVector s61 = s01;
      DoubleVector s70 = s00;
      DoubleVector s71 = s01;
      DoubleVector s80 = s00;
      DoubleVector s81 = s01;
      DoubleVector s90 = s00;
      DoubleVector s91 = s01;
      DoubleVector sA0 = s00;
      DoubleVector sA1 = s01;
      DoubleVector sB0 = s00;
      DoubleVector sB1 = s01;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        int t = ai + p;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1 * TWO]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2 * TWO]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3 * TWO]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        DoubleVector x4 = DoubleVector.broadcast(S, a[t + 4 * TWO]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        DoubleVector x5 = DoubleVector.broadcast(S, a[t + 5 * TWO]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        DoubleVector x6 = DoubleVector.broadcast(S, a[t + 6 * TWO]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        DoubleVector x7 = DoubleVector.broadcast(S, a[t + 7 * TWO]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
        DoubleVector x8 = DoubleVector.broadcast(S, a[t + 8 * TWO]);
        s80 = x8.fma(b0, s80);
        s81 = x8.fma(b1, s81);
        DoubleVector x9 = DoubleVector.broadcast(S, a[t + 9 * TWO]);
        s90 = x9.fma(b0, s90);
        s91 = x9.fma(b1, s91);
        DoubleVector x10 = DoubleVector.broadcast(S, a[t + 10 * TWO]);
        sA0 = x10.fma(b0, sA0);
        sA1 = x10.fma(b1, sA1);
        DoubleVector x11 = DoubleVector.broadcast(S, a[t + 11 * TWO]);
        sB0 = x11.fma(b0, sB0);
        sB1 = x11.fma(b1, sB1);
      }
      s00.intoArray(out, oi);
      s01.intoArray(out, oi + 1 * L);
      s10.intoArray(out, oi + TWO);
      s11.intoArray(out, oi + TWO + 1 * L);
      s20.intoArray(out, oi + 2 * TWO);
      s21.intoArray(out, oi + 2 * TWO + 1 * L);
      s30.intoArray(out, oi + 3 * TWO);
      s31.intoArray(out, oi + 3 * TWO + 1 * L);
      s40.intoArray(out, oi + 4 * TWO);
      s41.intoArray(out, oi + 4 * TWO + 1 * L);
      s50.intoArray(out, oi + 5 * TWO);
      s51.intoArray(out, oi + 5 * TWO + 1 * L);
      s60.intoArray(out, oi + 6 * TWO);
      s61.intoArray(out, oi + 6 * TWO + 1 * L);
      s70.intoArray(out, oi + 7 * TWO);
      s71.intoArray(out, oi + 7 * TWO + 1 * L);
      s80.intoArray(out, oi + 8 * TWO);
      s81.intoArray(out, oi + 8 * TWO + 1 * L);
      s90.intoArray(out, oi + 9 * TWO);
      s91.intoArray(out, oi + 9 * TWO + 1 * L);
      sA0.intoArray(out, oi + 10 * TWO);
      sA1.intoArray(out, oi + 10 * TWO + 1 * L);
      sB0.intoArray(out, oi + 11 * TWO);
      sB1.intoArray(out, oi + 11 * TWO + 1 * L);
    }
  }

  static void tile8x2Tight(
      int rows,
      int depth,
      double[] a,
      int ai,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi) {
    for (int row = 0; row < rows; row += 8, ai += 8 * TWO, oi += 8 * TWO) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s01 = load(bias, di + 1 * L);
      DoubleVector s10 = s00;
      DoubleVector s11 = s01;
      DoubleVector s20 = s00;
      DoubleVector s21 = s01;
      DoubleVector s30 = s00;
      DoubleVector s31 = s01;
      DoubleVector s40 = s00;
      DoubleVector s41 = s01;
      DoubleVector s50 = s00;
      DoubleVector s51 = s01;
      DoubleVector s60 = s00;
      DoubleVector s61 = s01;
      DoubleVector s70 = s00;
      DoubleVector s71 = s01;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        int t = ai + p;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[t]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        DoubleVector x1 = DoubleVector.broadcast(S, a[t + 1 * TWO]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        DoubleVector x2 = DoubleVector.broadcast(S, a[t + 2 * TWO]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        DoubleVector x3 = DoubleVector.broadcast(S, a[t + 3 * TWO]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        DoubleVector x4 = DoubleVector.broadcast(S, a[t + 4 * TWO]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        DoubleVector x5 = DoubleVector.broadcast(S, a[t + 5 * TWO]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        DoubleVector x6 = DoubleVector.broadcast(S, a[t + 6 * TWO]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        DoubleVector x7 = DoubleVector.broadcast(S, a[t + 7 * TWO]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
      }
      s00.intoArray(out, oi);
      s01.intoArray(out, oi + 1 * L);
      s10.intoArray(out, oi + TWO);
      s11.intoArray(out, oi + TWO + 1 * L);
      s20.intoArray(out, oi + 2 * TWO);
      s21.intoArray(out, oi + 2 * TWO + 1 * L);
      s30.intoArray(out, oi + 3 * TWO);
      s31.intoArray(out, oi + 3 * TWO + 1 * L);
      s40.intoArray(out, oi + 4 * TWO);
      s41.intoArray(out, oi + 4 * TWO + 1 * L);
      s50.intoArray(out, oi + 5 * TWO);
      s51.intoArray(out, oi + 5 * TWO + 1 * L);
      s60.intoArray(out, oi + 6 * TWO);
      s61.intoArray(out, oi + 6 * TWO + 1 * L);
      s70.intoArray(out, oi + 7 * TWO);
      s71.intoArray(out, oi + 7 * TWO + 1 * L);
    }
  }

  static void tile5x2(
      int rows,
      int depth,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi,
      int os) {
    for (int row = 0; row < rows; row += 5, ai += 5 * as, oi += 5 * os) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s01 = load(bias, di + 1 * L);
      DoubleVector s10 = s00;
      DoubleVector s11 = s01;
      DoubleVector s20 = s00;
      DoubleVector s21 = s01;
      DoubleVector s30 = s00;
      DoubleVector s31 = s01;
      DoubleVector s40 = s00;
      DoubleVector s41 = s01;
      int a1 = ai + as;
      int a2 = a1 + as;
      int a3 = a2 + as;
      int a4 = a3 + as;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[ai + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        DoubleVector x1 = DoubleVector.broadcast(S, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        DoubleVector x2 = DoubleVector.broadcast(S, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        DoubleVector x3 = DoubleVector.broadcast(S, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        DoubleVector x4 = DoubleVector.broadcast(S, a[a4 + p]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
      }
      s00.intoArray(out, oi);
      s01.intoArray(out, oi + 1 * L);
      s10.intoArray(out, oi + os);
      s11.intoArray(out, oi + os + 1 * L);
      s20.intoArray(out, oi + 2 * os);
      s21.intoArray(out, oi + 2 * os + 1 * L);
      s30.intoArray(out, oi + 3 * os);
      s31.intoArray(out, oi + 3 * os + 1 * L);
      s40.intoArray(out, oi + 4 * os);
      s41.intoArray(out, oi + 4 * os + 1 * L);
    }
  }

  static void tile4x2(
      int rows,
      int depth,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi,
      int os) {
    for (int row = 0; row < rows; row += 4, ai += 4 * as, oi += 4 * os) {
      DoubleVector s00 = load(bias, di);
      DoubleVector s01 = load(bias, di + 1 * L);
      DoubleVector s10 = s00;
      DoubleVector s11 = s01;
      DoubleVector s20 = s00;
      DoubleVector s21 = s01;
      DoubleVector s30 = s00;
      DoubleVector s31 = s01;
      int a1 = ai + as;
      int a2 = a1 + as;
      int a3 = a2 + as;
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        DoubleVector b0 = load(b, q);
        DoubleVector b1 = load(b, q + 1 * L);
        DoubleVector x0 = DoubleVector.broadcast(S, a[ai + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        DoubleVector x1 = DoubleVector.broadcast(S, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        DoubleVector x2 = DoubleVector.broadcast(S, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        DoubleVector x3 = DoubleVector.broadcast(S, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
      }
      s00.intoArray(out, oi);
      s01.intoArray(out, oi + 1 * L);
      s10.intoArray(out, oi + os);
      s11.intoArray(out, oi + os + 1 * L);
      s20.intoArray(out, oi + 2 * os);
      s21.intoArray(out, oi + 2 * os + 1 * L);
      s30.intoArray(out, oi + 3 * os);
      s31.intoArray(out, oi + 3 * os + 1 * L);
    }
  }

  static void tile1x1(
      int rows,
      int depth,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] bias,
      int di,
      double[] out,
      int oi,
      int os) {
    for (int row = 0; row < rows; row += 1, ai += 1 * as, oi += 1 * os) {
      DoubleVector s00 = load(bias, di);
      for (int p = 0; p < depth; p++) {
        int q = bi + p * bs;
        DoubleVector b0 = load(b, q);
        DoubleVector x0 = DoubleVector.broadcast(S, a[ai + p]);
        s00 = x0.fma(b0, s00);
      }
      s00.intoArray(out, oi);
    }
  }
}
