package org.anabranch.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Independent chains of fused multiply-adds on registers, s = s·a + b: nothing is loaded inside the
 * loop, so that the best of them is what one core can do. Written out, because vectors in an array
 * would be boxed. A core with two units of four cycles each needs 8 chains; 24 and the two factors
 * fill 26 of the 32 registers of AVX-512, and spill on the 16 of AVX2.
 */
final class FmaChains {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int L = S.length();

  private static final int MOST = 24;

  private FmaChains() {}

  /** The lanes in use: what this machine prefers, whatever the kernels were told. */
  static int lanes() {
    return L;
  }

  /** The factors, which keep every chain near 1, and where the chains start. */
  static float[] numbers() {
    float[] numbers = new float[(MOST + 2) * L];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i < L ? 0.5f : i < 2 * L ? 0.5f : 1f + i * 1e-3f;
    }
    return numbers;
  }

  /** Runs so many chains for so many rounds and stores their ends. */
  static void run(int chains, int rounds, float[] numbers, float[] out) {
    switch (chains) {
      case 12 -> chains12(rounds, numbers, out);
      case 16 -> chains16(rounds, numbers, out);
      case 20 -> chains20(rounds, numbers, out);
      case MOST -> chains24(rounds, numbers, out);
      default -> throw new AssertionError("no loop of %d chains".formatted(chains));
    }
  }

  private static void chains12(int rounds, float[] numbers, float[] out) {
    FloatVector a = FloatVector.fromArray(S, numbers, 0);
    FloatVector b = FloatVector.fromArray(S, numbers, L);
    FloatVector s0 = FloatVector.fromArray(S, numbers, 2 * L);
    FloatVector s1 = FloatVector.fromArray(S, numbers, 3 * L);
    FloatVector s2 = FloatVector.fromArray(S, numbers, 4 * L);
    FloatVector s3 = FloatVector.fromArray(S, numbers, 5 * L);
    FloatVector s4 = FloatVector.fromArray(S, numbers, 6 * L);
    FloatVector s5 = FloatVector.fromArray(S, numbers, 7 * L);
    FloatVector s6 = FloatVector.fromArray(S, numbers, 8 * L);
    FloatVector s7 = FloatVector.fromArray(S, numbers, 9 * L);
    FloatVector s8 = FloatVector.fromArray(S, numbers, 10 * L);
    FloatVector s9 = FloatVector.fromArray(S, numbers, 11 * L);
    FloatVector s10 = FloatVector.fromArray(S, numbers, 12 * L);
    FloatVector s11 = FloatVector.fromArray(S, numbers, 13 * L);
    for (int round = 0; round < rounds; round++) {
      s0 = s0.fma(a, b);
      s1 = s1.fma(a, b);
      s2 = s2.fma(a, b);
      s3 = s3.fma(a, b);
      s4 = s4.fma(a, b);
      s5 = s5.fma(a, b);
      s6 = s6.fma(a, b);
      s7 = s7.fma(a, b);
      s8 = s8.fma(a, b);
      s9 = s9.fma(a, b);
      s10 = s10.fma(a, b);
      s11 = s11.fma(a, b);
    }
    s0.intoArray(out, 0 * L);
    s1.intoArray(out, 1 * L);
    s2.intoArray(out, 2 * L);
    s3.intoArray(out, 3 * L);
    s4.intoArray(out, 4 * L);
    s5.intoArray(out, 5 * L);
    s6.intoArray(out, 6 * L);
    s7.intoArray(out, 7 * L);
    s8.intoArray(out, 8 * L);
    s9.intoArray(out, 9 * L);
    s10.intoArray(out, 10 * L);
    s11.intoArray(out, 11 * L);
  }

  private static void chains16(int rounds, float[] numbers, float[] out) {
    FloatVector a = FloatVector.fromArray(S, numbers, 0);
    FloatVector b = FloatVector.fromArray(S, numbers, L);
    FloatVector s0 = FloatVector.fromArray(S, numbers, 2 * L);
    FloatVector s1 = FloatVector.fromArray(S, numbers, 3 * L);
    FloatVector s2 = FloatVector.fromArray(S, numbers, 4 * L);
    FloatVector s3 = FloatVector.fromArray(S, numbers, 5 * L);
    FloatVector s4 = FloatVector.fromArray(S, numbers, 6 * L);
    FloatVector s5 = FloatVector.fromArray(S, numbers, 7 * L);
    FloatVector s6 = FloatVector.fromArray(S, numbers, 8 * L);
    FloatVector s7 = FloatVector.fromArray(S, numbers, 9 * L);
    FloatVector s8 = FloatVector.fromArray(S, numbers, 10 * L);
    FloatVector s9 = FloatVector.fromArray(S, numbers, 11 * L);
    FloatVector s10 = FloatVector.fromArray(S, numbers, 12 * L);
    FloatVector s11 = FloatVector.fromArray(S, numbers, 13 * L);
    FloatVector s12 = FloatVector.fromArray(S, numbers, 14 * L);
    FloatVector s13 = FloatVector.fromArray(S, numbers, 15 * L);
    FloatVector s14 = FloatVector.fromArray(S, numbers, 16 * L);
    FloatVector s15 = FloatVector.fromArray(S, numbers, 17 * L);
    for (int round = 0; round < rounds; round++) {
      s0 = s0.fma(a, b);
      s1 = s1.fma(a, b);
      s2 = s2.fma(a, b);
      s3 = s3.fma(a, b);
      s4 = s4.fma(a, b);
      s5 = s5.fma(a, b);
      s6 = s6.fma(a, b);
      s7 = s7.fma(a, b);
      s8 = s8.fma(a, b);
      s9 = s9.fma(a, b);
      s10 = s10.fma(a, b);
      s11 = s11.fma(a, b);
      s12 = s12.fma(a, b);
      s13 = s13.fma(a, b);
      s14 = s14.fma(a, b);
      s15 = s15.fma(a, b);
    }
    s0.intoArray(out, 0 * L);
    s1.intoArray(out, 1 * L);
    s2.intoArray(out, 2 * L);
    s3.intoArray(out, 3 * L);
    s4.intoArray(out, 4 * L);
    s5.intoArray(out, 5 * L);
    s6.intoArray(out, 6 * L);
    s7.intoArray(out, 7 * L);
    s8.intoArray(out, 8 * L);
    s9.intoArray(out, 9 * L);
    s10.intoArray(out, 10 * L);
    s11.intoArray(out, 11 * L);
    s12.intoArray(out, 12 * L);
    s13.intoArray(out, 13 * L);
    s14.intoArray(out, 14 * L);
    s15.intoArray(out, 15 * L);
  }

  private static void chains20(int rounds, float[] numbers, float[] out) {
    FloatVector a = FloatVector.fromArray(S, numbers, 0);
    FloatVector b = FloatVector.fromArray(S, numbers, L);
    FloatVector s0 = FloatVector.fromArray(S, numbers, 2 * L);
    FloatVector s1 = FloatVector.fromArray(S, numbers, 3 * L);
    FloatVector s2 = FloatVector.fromArray(S, numbers, 4 * L);
    FloatVector s3 = FloatVector.fromArray(S, numbers, 5 * L);
    FloatVector s4 = FloatVector.fromArray(S, numbers, 6 * L);
    FloatVector s5 = FloatVector.fromArray(S, numbers, 7 * L);
    FloatVector s6 = FloatVector.fromArray(S, numbers, 8 * L);
    FloatVector s7 = FloatVector.fromArray(S, numbers, 9 * L);
    FloatVector s8 = FloatVector.fromArray(S, numbers, 10 * L);
    FloatVector s9 = FloatVector.fromArray(S, numbers, 11 * L);
    FloatVector s10 = FloatVector.fromArray(S, numbers, 12 * L);
    FloatVector s11 = FloatVector.fromArray(S, numbers, 13 * L);
    FloatVector s12 = FloatVector.fromArray(S, numbers, 14 * L);
    FloatVector s13 = FloatVector.fromArray(S, numbers, 15 * L);
    FloatVector s14 = FloatVector.fromArray(S, numbers, 16 * L);
    FloatVector s15 = FloatVector.fromArray(S, numbers, 17 * L);
    FloatVector s16 = FloatVector.fromArray(S, numbers, 18 * L);
    FloatVector s17 = FloatVector.fromArray(S, numbers, 19 * L);
    FloatVector s18 = FloatVector.fromArray(S, numbers, 20 * L);
    FloatVector s19 = FloatVector.fromArray(S, numbers, 21 * L);
    for (int round = 0; round < rounds; round++) {
      s0 = s0.fma(a, b);
      s1 = s1.fma(a, b);
      s2 = s2.fma(a, b);
      s3 = s3.fma(a, b);
      s4 = s4.fma(a, b);
      s5 = s5.fma(a, b);
      s6 = s6.fma(a, b);
      s7 = s7.fma(a, b);
      s8 = s8.fma(a, b);
      s9 = s9.fma(a, b);
      s10 = s10.fma(a, b);
      s11 = s11.fma(a, b);
      s12 = s12.fma(a, b);
      s13 = s13.fma(a, b);
      s14 = s14.fma(a, b);
      s15 = s15.fma(a, b);
      s16 = s16.fma(a, b);
      s17 = s17.fma(a, b);
      s18 = s18.fma(a, b);
      s19 = s19.fma(a, b);
    }
    s0.intoArray(out, 0 * L);
    s1.intoArray(out, 1 * L);
    s2.intoArray(out, 2 * L);
    s3.intoArray(out, 3 * L);
    s4.intoArray(out, 4 * L);
    s5.intoArray(out, 5 * L);
    s6.intoArray(out, 6 * L);
    s7.intoArray(out, 7 * L);
    s8.intoArray(out, 8 * L);
    s9.intoArray(out, 9 * L);
    s10.intoArray(out, 10 * L);
    s11.intoArray(out, 11 * L);
    s12.intoArray(out, 12 * L);
    s13.intoArray(out, 13 * L);
    s14.intoArray(out, 14 * L);
    s15.intoArray(out, 15 * L);
    s16.intoArray(out, 16 * L);
    s17.intoArray(out, 17 * L);
    s18.intoArray(out, 18 * L);
    s19.intoArray(out, 19 * L);
  }

  private static void chains24(int rounds, float[] numbers, float[] out) {
    FloatVector a = FloatVector.fromArray(S, numbers, 0);
    FloatVector b = FloatVector.fromArray(S, numbers, L);
    FloatVector s0 = FloatVector.fromArray(S, numbers, 2 * L);
    FloatVector s1 = FloatVector.fromArray(S, numbers, 3 * L);
    FloatVector s2 = FloatVector.fromArray(S, numbers, 4 * L);
    FloatVector s3 = FloatVector.fromArray(S, numbers, 5 * L);
    FloatVector s4 = FloatVector.fromArray(S, numbers, 6 * L);
    FloatVector s5 = FloatVector.fromArray(S, numbers, 7 * L);
    FloatVector s6 = FloatVector.fromArray(S, numbers, 8 * L);
    FloatVector s7 = FloatVector.fromArray(S, numbers, 9 * L);
    FloatVector s8 = FloatVector.fromArray(S, numbers, 10 * L);
    FloatVector s9 = FloatVector.fromArray(S, numbers, 11 * L);
    FloatVector s10 = FloatVector.fromArray(S, numbers, 12 * L);
    FloatVector s11 = FloatVector.fromArray(S, numbers, 13 * L);
    FloatVector s12 = FloatVector.fromArray(S, numbers, 14 * L);
    FloatVector s13 = FloatVector.fromArray(S, numbers, 15 * L);
    FloatVector s14 = FloatVector.fromArray(S, numbers, 16 * L);
    FloatVector s15 = FloatVector.fromArray(S, numbers, 17 * L);
    FloatVector s16 = FloatVector.fromArray(S, numbers, 18 * L);
    FloatVector s17 = FloatVector.fromArray(S, numbers, 19 * L);
    FloatVector s18 = FloatVector.fromArray(S, numbers, 20 * L);
    FloatVector s19 = FloatVector.fromArray(S, numbers, 21 * L);
    FloatVector s20 = FloatVector.fromArray(S, numbers, 22 * L);
    FloatVector s21 = FloatVector.fromArray(S, numbers, 23 * L);
    FloatVector s22 = FloatVector.fromArray(S, numbers, 24 * L);
    FloatVector s23 = FloatVector.fromArray(S, numbers, 25 * L);
    for (int round = 0; round < rounds; round++) {
      s0 = s0.fma(a, b);
      s1 = s1.fma(a, b);
      s2 = s2.fma(a, b);
      s3 = s3.fma(a, b);
      s4 = s4.fma(a, b);
      s5 = s5.fma(a, b);
      s6 = s6.fma(a, b);
      s7 = s7.fma(a, b);
      s8 = s8.fma(a, b);
      s9 = s9.fma(a, b);
      s10 = s10.fma(a, b);
      s11 = s11.fma(a, b);
      s12 = s12.fma(a, b);
      s13 = s13.fma(a, b);
      s14 = s14.fma(a, b);
      s15 = s15.fma(a, b);
      s16 = s16.fma(a, b);
      s17 = s17.fma(a, b);
      s18 = s18.fma(a, b);
      s19 = s19.fma(a, b);
      s20 = s20.fma(a, b);
      s21 = s21.fma(a, b);
      s22 = s22.fma(a, b);
      s23 = s23.fma(a, b);
    }
    s0.intoArray(out, 0 * L);
    s1.intoArray(out, 1 * L);
    s2.intoArray(out, 2 * L);
    s3.intoArray(out, 3 * L);
    s4.intoArray(out, 4 * L);
    s5.intoArray(out, 5 * L);
    s6.intoArray(out, 6 * L);
    s7.intoArray(out, 7 * L);
    s8.intoArray(out, 8 * L);
    s9.intoArray(out, 9 * L);
    s10.intoArray(out, 10 * L);
    s11.intoArray(out, 11 * L);
    s12.intoArray(out, 12 * L);
    s13.intoArray(out, 13 * L);
    s14.intoArray(out, 14 * L);
    s15.intoArray(out, 15 * L);
    s16.intoArray(out, 16 * L);
    s17.intoArray(out, 17 * L);
    s18.intoArray(out, 18 * L);
    s19.intoArray(out, 19 * L);
    s20.intoArray(out, 20 * L);
    s21.intoArray(out, 21 * L);
    s22.intoArray(out, 22 * L);
    s23.intoArray(out, 23 * L);
  }
}
