package org.anabranch.backend.simd;

import static org.anabranch.backend.simd.Activation.*;
import static org.anabranch.backend.simd.BoxMuller.*;
import static org.anabranch.backend.simd.NormalScratch.BLOCKS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BoxMuller} in lanes, operation by operation the same, on {@link NormalScratch}: a pair is
 * the place of its first word and number, the second ones follow {@value NormalScratch#BLOCKS}
 * cells later. Three loops, since in fewer C2's inlining budget runs out and it boxes vectors
 * (measured for split and radii in one: 9 KiB a thousand numbers).
 */
final class VectorBoxMuller {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final VectorSpecies<Integer> INTS = Lanes.INTS;
  private static final int L = S.length();

  private VectorBoxMuller() {}

  /** u₁ = 2^f · (1 + m): m where the pair's first number will be, f where its second will be. */
  static void split(int count, NormalScratch scratch, int pair) {
    for (int c = pair; c < pair + count; c += L) {
      IntVector word = IntVector.fromArray(INTS, scratch.words, c);
      FloatVector high = half(word.lanewise(VectorOperators.LSHR, 16)).sub(HALF_OFFSET);
      FloatVector low = half(word.and(LOW_HALF)).sub(HALF_OFFSET_CENTRED);
      IntVector i = high.fma(FloatVector.broadcast(S, HALF_UNIT), low).reinterpretAsInts();
      IntVector e = i.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
      FloatVector f = e.add(ROUNDER_BITS).reinterpretAsFloats().sub(EXPONENT_OFFSET);
      FloatVector missing =
          high.sub(HALF_UNIT).fma(FloatVector.broadcast(S, HALF_UNIT), low).mul(WORD_UNIT);
      FloatVector m = i.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1);
      m.blend(missing, f.compare(VectorOperators.EQ, 0)).intoArray(scratch.numbers, c);
      f.intoArray(scratch.numbers, BLOCKS + c);
    }
  }

  /** m becomes sqrt(−2 ln u₁). */
  static void radii(int count, NormalScratch scratch, int pair) {
    for (int c = pair; c < pair + count; c += L) {
      FloatVector m = FloatVector.fromArray(S, scratch.numbers, c);
      FloatVector f = FloatVector.fromArray(S, scratch.numbers, BLOCKS + c);
      FloatVector z = m.mul(m);
      FloatVector p = FloatVector.broadcast(S, LOG_9).fma(m, FloatVector.broadcast(S, LOG_8));
      p = p.fma(m, FloatVector.broadcast(S, LOG_7));
      p = p.fma(m, FloatVector.broadcast(S, LOG_6));
      p = p.fma(m, FloatVector.broadcast(S, LOG_5));
      p = p.fma(m, FloatVector.broadcast(S, LOG_4));
      p = p.fma(m, FloatVector.broadcast(S, LOG_3));
      p = p.fma(m, FloatVector.broadcast(S, LOG_2));
      p = p.fma(m, FloatVector.broadcast(S, LOG_1));
      FloatVector y =
          z.fma(
              FloatVector.broadcast(S, -0.5f),
              f.fma(FloatVector.broadcast(S, LN2_LOW), p.mul(m).mul(z)));
      FloatVector log = f.fma(FloatVector.broadcast(S, LN2_HIGH), m.add(y));
      log.mul(-2).sqrt().intoArray(scratch.numbers, c);
    }
  }

  /** The radius becomes its product with the cosine, f that with the sine. */
  static void turn(int count, NormalScratch scratch, int pair) {
    for (int c = pair; c < pair + count; c += L) {
      IntVector word = IntVector.fromArray(INTS, scratch.words, BLOCKS + c);
      IntVector quarter = word.add(EIGHTH).lanewise(VectorOperators.LSHR, 30);
      IntVector rest = word.sub(quarter.lanewise(VectorOperators.LSHL, 30));
      IntVector top = rest.lanewise(VectorOperators.ASHR, 16).add(ROUNDER_BITS);
      FloatVector low = half(rest.and(LOW_HALF)).sub(HALF_OFFSET_CENTRED);
      FloatVector high = top.reinterpretAsFloats().sub(ROUNDER);
      FloatVector x = high.fma(FloatVector.broadcast(S, HALF_UNIT), low).mul(ANGLE_UNIT);
      FloatVector z = x.mul(x);
      FloatVector p =
          FloatVector.broadcast(S, SIN_7)
              .fma(z, FloatVector.broadcast(S, SIN_5))
              .fma(z, FloatVector.broadcast(S, SIN_3));
      FloatVector q =
          FloatVector.broadcast(S, COS_8)
              .fma(z, FloatVector.broadcast(S, COS_6))
              .fma(z, FloatVector.broadcast(S, COS_4));
      IntVector sine = p.mul(z).fma(x, x).reinterpretAsInts();
      q = q.fma(z.mul(z), z.fma(FloatVector.broadcast(S, -0.5f), FloatVector.broadcast(S, 1)));
      IntVector cosine = q.reinterpretAsInts();
      // in odd quarters the two change places: all bits that differ, or none
      IntVector odd = quarter.lanewise(VectorOperators.LSHL, 31).lanewise(VectorOperators.ASHR, 31);
      IntVector change = sine.lanewise(VectorOperators.XOR, cosine).and(odd);
      IntVector sineSign = quarter.and(2).lanewise(VectorOperators.LSHL, 30);
      IntVector cosineSign = quarter.add(1).and(2).lanewise(VectorOperators.LSHL, 30);
      cosine =
          cosine.lanewise(VectorOperators.XOR, change.lanewise(VectorOperators.XOR, cosineSign));
      sine = sine.lanewise(VectorOperators.XOR, change.lanewise(VectorOperators.XOR, sineSign));
      FloatVector radius = FloatVector.fromArray(S, scratch.numbers, c);
      cosine.reinterpretAsFloats().mul(radius).intoArray(scratch.numbers, c);
      sine.reinterpretAsFloats().mul(radius).intoArray(scratch.numbers, BLOCKS + c);
    }
  }

  private static FloatVector half(IntVector bits) {
    return bits.or(BoxMuller.HALF_BITS).reinterpretAsFloats();
  }
}
