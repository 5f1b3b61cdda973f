package org.anabranch.backend.simd;

/**
 * a^b of two float32 numbers as exp(b·log a), with the logarithm and the product in two parts each,
 * since an error of the exponent is multiplied by it. Largest error met: 1.2 units of the last
 * place; results that would be subnormal are 0. What lanes would gain is lost by C2, whose inlining
 * budget does not hold a logarithm and an exponential: both kernels run this, number by number.
 */
final class Power {
  private static final float ODD_BELOW = 0x1p24f;

  /** Just below the logarithm of the smallest normal number. */
  private static final float LOWEST = -87.4f;

  private static final float TWO_THIRDS = 2f / 3;
  private static final float TWO_THIRDS_LOW = (float) (2.0 / 3 - TWO_THIRDS);

  private static final int SMALLEST_NORMAL_BITS = 0x00800000;

  private Power() {}

  static float of(float a, float b) {
    boolean ordinary = a != 0 && b != 0 && Float.isFinite(a) && Float.isFinite(b);
    if (!ordinary) {
      return (float) StrictMath.pow(a, b);
    }
    if (a > 0) {
      return positive(a, b);
    }
    if (Math.abs(b) >= ODD_BELOW) {
      return positive(-a, b);
    }
    int whole = (int) b;
    float magnitude = positive(-a, b);
    float signed = (whole & 1) == 0 ? magnitude : -magnitude;
    return whole == b ? signed : Float.NaN;
  }

  /** For finite a > 0 and b. */
  private static float positive(float a, float b) {
    boolean subnormal = a < Activation.SMALLEST_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? a * 0x1p23f : a);
    int e = (bits - Activation.SQRT_HALF_BITS) >> 23;
    float f = Float.intBitsToFloat(bits - (e << 23)) - 1;
    float exponent = subnormal ? e - 23 : e;
    // log(1 + f) = 2s + s³·(2/3 + s²·(2/5 + …)) with s = f/(2 + f); u is the cubic term, and what
    // rounding took from s, s², s³ and u is kept
    float t = 2 + f;
    float s = f / t;
    float sLow = Math.fma(-s, f - (t - 2), Math.fma(-s, t, f)) / t;
    float s2 = s * s;
    float s3 = s * s2;
    float s3Low = Math.fma(s, s2, -s3) + Math.fma(s, Math.fma(s, s, -s2), 3 * s2 * sLow);
    float p = Math.fma(2f / 11, s2, 2f / 9);
    p = Math.fma(p, s2, 2f / 7);
    p = Math.fma(p, s2, 2f / 5) * s2;
    float cubic = TWO_THIRDS + p;
    float cubicLow = ((TWO_THIRDS - cubic) + p) + TWO_THIRDS_LOW;
    float u = s3 * cubic;
    float uLow = Math.fma(s3, cubic, -u) + Math.fma(s3, cubicLow, s3Low * cubic);
    float whole = exponent * Activation.LN2_HIGH; // exact: 9 bits times 8
    float sum = whole + 2 * s;
    float high = sum + u;
    float tail = ((whole - sum) + 2 * s) + ((sum - high) + u);
    tail += Math.fma(exponent, Activation.LN2_LOW, Math.fma(2, sLow, uLow));
    float log = high + tail;
    float logLow = (high - log) + tail;
    float product = b * log;
    float productLow = Math.fma(b, logLow, Math.fma(b, log, -product));
    return exp(product, productLow);
  }

  /** exp(x + low) for a low below the last place of x. */
  private static float exp(float x, float low) {
    if (x > Activation.EXP_HIGHEST) {
      return Float.POSITIVE_INFINITY;
    }
    if (x < LOWEST) {
      return 0;
    }
    float z = Math.fma(x, Activation.LOG2_E, Activation.ROUNDER);
    float n = z - Activation.ROUNDER;
    float r = Math.fma(n, -Activation.LN2_HIGH, x);
    r = Math.fma(n, -Activation.LN2_LOW, r) + low;
    float p = Math.fma(Activation.EXP_7, r, Activation.EXP_6);
    p = Math.fma(p, r, Activation.EXP_5);
    p = Math.fma(p, r, Activation.EXP_4);
    p = Math.fma(p, r, Activation.EXP_3);
    p = Math.fma(p, r, Activation.EXP_2);
    float y = Math.fma(p, r * r, r) + 1;
    int bits = Float.floatToRawIntBits(y) + (Float.floatToRawIntBits(z) << 23);
    if (n == 128 && y >= 1) {
      return Float.POSITIVE_INFINITY;
    }
    return bits < SMALLEST_NORMAL_BITS ? 0 : Float.intBitsToFloat(bits);
  }
}
