package org.anabranch.backend.simd;

import static org.anabranch.backend.simd.Activation.*;

/**
 * Two standard normal numbers from two words of 32 random bits (Box and Muller 1958, "A note on the
 * generation of random normal deviates", doi:10.1214/aoms/1177706645):
 *
 * <pre>
 *   z₀ = sqrt(−2 ln u₁) cos(2π u₂)     u₁ = (w₁ + ½) / 2³²
 *   z₁ = sqrt(−2 ln u₁) sin(2π u₂)     u₂ = (w₂ + ½) / 2³²
 * </pre>
 *
 * All bits count, and neither end of the unit interval occurs. The radius lies between 1.5e-5 and
 * sqrt(66 ln 2) = 6.764, which the length of a pair of true normal numbers exceeds once in 2³³. z
 * occurs exactly as often as −z.
 *
 * <p>Largest error met against float64 from the same words, in units of the last place of the exact
 * result (BoxMullerTest measures it): radius 1.8, cosine and sine 2.7; of a normal number 6.6e-7.
 * As in {@link Activation}, each operation is rounded once, in a fixed order, so that {@link
 * VectorBoxMuller} repeats it to the last bit.
 */
@SuppressWarnings(
    "FloatingPointLiteralPrecision") // the digits as published, so that they can be found
final class BoxMuller {
  // A word as a float: its halves enter the mantissa of 2²³, since conversion instructions box on
  // JDK 17, and meet in one fma, which rounds once.
  static final int HALF_BITS = 0x4b000000;
  static final float HALF_OFFSET = 0x1p23f;
  static final float HALF_OFFSET_CENTRED = 0x1p23f - 0.5f;
  static final int LOW_HALF = 0xffff;
  static final float HALF_UNIT = 0x1p16f;
  static final float WORD_UNIT = 0x1p-32f;
  static final float EXPONENT_OFFSET = ROUNDER + 32;

  // The turn's quarter in the top bits, rounded to nearest; what is left is within an eighth.
  static final int EIGHTH = 0x20000000;
  static final float ANGLE_UNIT = (float) (2 * Math.PI / 0x1p32);

  // Sine and cosine within ±π/4: polynomials of Cephes sinf (Moshier).
  static final float SIN_7 = -1.9515295891e-4f;
  static final float SIN_5 = 8.3321608736e-3f;
  static final float SIN_3 = -1.6666654611e-1f;
  static final float COS_8 = 2.443315711809948e-5f;
  static final float COS_6 = -1.388731625493765e-3f;
  static final float COS_4 = 4.166664568298827e-2f;

  private BoxMuller() {}

  /** sqrt(−2 ln u₁). */
  static float radius(int word) {
    float high = Float.intBitsToFloat((word >>> 16) | HALF_BITS) - HALF_OFFSET;
    float low = Float.intBitsToFloat((word & LOW_HALF) | HALF_BITS) - HALF_OFFSET_CENTRED;
    int i = Float.floatToRawIntBits(Math.fma(high, HALF_UNIT, low));
    int e = (i - SQRT_HALF_BITS) >> 23;
    float f = Float.intBitsToFloat(e + ROUNDER_BITS) - EXPONENT_OFFSET;
    // u₁ = 2^f · (1 + m); near 1 from what is missing, which rounding u₁ to a float would lose
    float missing = Math.fma(high - HALF_UNIT, HALF_UNIT, low) * WORD_UNIT;
    float m = f == 0 ? missing : Float.intBitsToFloat(i - (e << 23)) - 1;
    float z = m * m;
    float p = Math.fma(LOG_9, m, LOG_8);
    p = Math.fma(p, m, LOG_7);
    p = Math.fma(p, m, LOG_6);
    p = Math.fma(p, m, LOG_5);
    p = Math.fma(p, m, LOG_4);
    p = Math.fma(p, m, LOG_3);
    p = Math.fma(p, m, LOG_2);
    p = Math.fma(p, m, LOG_1);
    float y = Math.fma(z, -0.5f, Math.fma(f, LN2_LOW, p * m * z));
    float log = Math.fma(f, LN2_HIGH, m + y);
    return (float) Math.sqrt(log * -2);
  }

  /** The angle 2π u₂ without its quarter turns, within ±π/4. */
  private static float angle(int word, int quarter) {
    int rest = word - (quarter << 30);
    float high = Float.intBitsToFloat((rest >> 16) + ROUNDER_BITS) - ROUNDER;
    float low = Float.intBitsToFloat((rest & LOW_HALF) | HALF_BITS) - HALF_OFFSET_CENTRED;
    return Math.fma(high, HALF_UNIT, low) * ANGLE_UNIT;
  }

  /** cos(2π u₂). */
  static float cosine(int word) {
    int quarter = (word + EIGHTH) >>> 30;
    float x = angle(word, quarter);
    float y = (quarter & 1) == 0 ? cosineNearZero(x) : sineNearZero(x);
    return negated(y, quarter + 1);
  }

  /** sin(2π u₂). */
  static float sine(int word) {
    int quarter = (word + EIGHTH) >>> 30;
    float x = angle(word, quarter);
    float y = (quarter & 1) == 0 ? sineNearZero(x) : cosineNearZero(x);
    return negated(y, quarter);
  }

  private static float negated(float y, int quarter) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) ^ ((quarter & 2) << 30));
  }

  private static float sineNearZero(float x) {
    float z = x * x;
    float p = Math.fma(SIN_7, z, SIN_5);
    p = Math.fma(p, z, SIN_3);
    return Math.fma(p * z, x, x);
  }

  private static float cosineNearZero(float x) {
    float z = x * x;
    float p = Math.fma(COS_8, z, COS_6);
    p = Math.fma(p, z, COS_4);
    return Math.fma(p, z * z, Math.fma(z, -0.5f, 1));
  }
}
