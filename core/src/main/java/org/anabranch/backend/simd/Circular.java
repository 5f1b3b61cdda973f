package org.anabranch.backend.simd;

/**
 * Sine and cosine of one float32 number, and the constants that {@link VectorCircular} shares.
 *
 * <pre>
 *   x = n·π/2 + r, |r| ≤ π/4:   ±sin r or ±cos r by n mod 4
 * </pre>
 *
 * π/2 is taken away in three parts by fma; the first difference is exact. Beyond {@link #LIMIT},
 * and for what is not finite, StrictMath gives the result: its bits are specified, it is slow and
 * rare.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits as published
final class Circular {
  /** The largest magnitude that is reduced in float32. */
  static final float LIMIT = 0x1p15f;

  static final float TWO_OVER_PI = 0.636619772367581343f;
  static final float HALF_PI_1 = 0x1.921fb6p0f;
  static final float HALF_PI_2 = -0x1.777a5cp-25f;
  static final float HALF_PI_3 = -0x1.ee59dap-50f;

  // Polynomials of Cephes sinf and cosf (Moshier) on ±π/4: r + r³·P(r²) and 1 − r²/2 + r⁴·Q(r²).
  static final float SIN_7 = -1.9515295891e-4f;
  static final float SIN_5 = 8.3321608736e-3f;
  static final float SIN_3 = -1.6666654611e-1f;
  static final float COS_8 = 2.443315711809948e-5f;
  static final float COS_6 = -1.388731625493765e-3f;
  static final float COS_4 = 4.166664568298827e-2f;

  private Circular() {}

  static float sin(float x) {
    return Math.abs(x) <= LIMIT ? reduced(x, 0) : (float) StrictMath.sin(x);
  }

  static float cos(float x) {
    return Math.abs(x) <= LIMIT ? reduced(x, 1) : (float) StrictMath.cos(x);
  }

  /** sin(x + quarters·π/2). */
  private static float reduced(float x, int quarters) {
    float z = Math.fma(x, TWO_OVER_PI, Activation.ROUNDER);
    float n = z - Activation.ROUNDER;
    float r = Math.fma(n, -HALF_PI_1, x);
    r = Math.fma(n, -HALF_PI_2, r);
    r = Math.fma(n, -HALF_PI_3, r);
    float s = r * r;
    float p = Math.fma(Math.fma(SIN_7, s, SIN_5), s, SIN_3);
    float sine = Math.fma(p * s, r, r);
    float q = Math.fma(Math.fma(COS_8, s, COS_6), s, COS_4);
    float cosine = Math.fma(q, s * s, Math.fma(s, -0.5f, 1));
    int quadrant = Float.floatToRawIntBits(z) + quarters;
    float chosen = (quadrant & 1) == 0 ? sine : cosine;
    int sign = (quadrant & 2) << 30;
    return Float.intBitsToFloat(Float.floatToRawIntBits(chosen) ^ sign);
  }
}
