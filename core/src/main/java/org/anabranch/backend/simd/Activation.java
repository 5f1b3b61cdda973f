package org.anabranch.backend.simd;

import org.anabranch.graph.UnaryFunction;

/**
 * Functions of one float32 number, and the constants that {@link VectorActivation} shares. Every
 * operation is rounded once and in a fixed order, so lanes can repeat it to the last bit.
 *
 * <p>Largest error met on a dense sweep of all magnitudes, in units of the last place of the exact
 * result (ActivationTest measures it):
 *
 * <pre>
 *   EXP       1.0   0 below −87.33654, where the result would be subnormal
 *   LOG       0.8   all arguments, subnormal ones included
 *   TANH      4.6
 *   SIGMOID   2.2   0 below −88.72283
 *   SOFTPLUS  1.9   0 below −87.33654
 *   EXPM1     1.5
 *   SIN, COS  1.6   all arguments: see {@link Circular}
 *   ERF       1.7   all arguments: see {@link ErrorFunction}
 * </pre>
 *
 * NaN gives NaN, except for STEP, which gives 0; infinities give the limits.
 */
@SuppressWarnings(
    "FloatingPointLiteralPrecision") // the digits as published, so that they can be found
final class Activation {
  // exp: x = n·ln 2 + r with |r| ≤ ln 2 / 2; polynomial of Cephes expf (Moshier). Adding 1.5·2²³
  // rounds to an integer and leaves it in the low bits: conversion instructions box on JDK 17.
  static final float ROUNDER = 0x1.8p23f;
  static final float LOG2_E = 1.44269504f;
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;
  static final float EXP_7 = 1.9875691500e-4f;
  static final float EXP_6 = 1.3981999507e-3f;
  static final float EXP_5 = 8.3334519073e-3f;
  static final float EXP_4 = 4.1665795894e-2f;
  static final float EXP_3 = 1.6666665459e-1f;
  static final float EXP_2 = 5.0000001201e-1f;

  /** The last float32 whose exponential is finite. */
  static final float EXP_HIGHEST = 88.72283f;

  /** Below it exp(x) − 1 rounds to −1. */
  static final float EXPM1_LOWEST = -17.5f;

  /** Below it in magnitude exp(x) − 1 rounds to x; half of it might be subnormal. */
  static final float EXPM1_TINY = 0x1p-26f;

  static final int HALF_BITS = 0x3f000000;

  /** The last float32 whose exponential is normal. */
  static final float EXP_LOWEST = -87.33654f;

  // log: x = 2^e · (1 + m) with 1 + m in [√½, √2); polynomial of Cephes logf.
  static final int SQRT_HALF_BITS = 0x3f3504f3;
  static final int ROUNDER_BITS = 0x4b400000;
  static final float SMALLEST_NORMAL = 0x1p-126f;
  static final float LOG_9 = 7.0376836292e-2f;
  static final float LOG_8 = -1.1514610310e-1f;
  static final float LOG_7 = 1.1676998740e-1f;
  static final float LOG_6 = -1.2420140846e-1f;
  static final float LOG_5 = 1.4249322787e-1f;
  static final float LOG_4 = -1.6668057665e-1f;
  static final float LOG_3 = 2.0000714765e-1f;
  static final float LOG_2 = -2.4999993993e-1f;
  static final float LOG_1 = 3.3333331174e-1f;

  // tanh: odd rational 13/6 of Eigen. Both sides carry a factor of 2⁸, so that the product with a
  // tiny x does not become subnormal.
  static final float TANH_LIMIT = 7.99881172180175781f;
  static final float TANH_P13 = -2.76076847742355e-16f * 256;
  static final float TANH_P11 = 2.00018790482477e-13f * 256;
  static final float TANH_P9 = -8.60467152213735e-11f * 256;
  static final float TANH_P7 = 5.12229709037114e-08f * 256;
  static final float TANH_P5 = 1.48572235717979e-05f * 256;
  static final float TANH_P3 = 6.37261928875436e-04f * 256;
  static final float TANH_P1 = 4.89352455891786e-03f * 256;
  static final float TANH_Q6 = 1.19825839466702e-06f * 256;
  static final float TANH_Q4 = 1.18534705686654e-04f * 256;
  static final float TANH_Q2 = 2.26843463243900e-03f * 256;
  static final float TANH_Q0 = 4.89352518554385e-03f * 256;

  // log(1 + t) = t + t²·Q(t) on [0, 1]: fitted by weighted least squares on Chebyshev nodes,
  // reweighted until the relative error of the whole was level at 0.09 units of the last place.
  static final float LOG1P_8 = -0.003318355418741703f;
  static final float LOG1P_7 = 0.020204057916998863f;
  static final float LOG1P_6 = -0.0576634556055069f;
  static final float LOG1P_5 = 0.10680455714464188f;
  static final float LOG1P_4 = -0.15355338156223297f;
  static final float LOG1P_3 = 0.19695380330085754f;
  static final float LOG1P_2 = -0.2495858371257782f;
  static final float LOG1P_1 = 0.33330512046813965f;
  static final float LOG1P_0 = -0.4999993145465851f;

  private Activation() {}

  static float apply(UnaryFunction f, float x) {
    return switch (f) {
      case NEGATE -> -x;
      case ABSOLUTE -> Math.abs(x);
      case SQRT -> (float) Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case SQUARE -> x * x;
      case EXP -> exp(x);
      case LOG -> log(x);
      case TANH -> tanh(x);
      case SIGMOID -> 1 / (1 + exp(-x));
      case SOFTPLUS -> softplus(x);
      case RELU -> x <= 0 ? 0 : x;
      case STEP -> x > 0 ? 1 : 0;
      case SIN -> Circular.sin(x);
      case COS -> Circular.cos(x);
      case EXPM1 -> expm1(x);
      case ERF -> ErrorFunction.erf(x);
    };
  }

  static float exp(float x) {
    float z = Math.fma(x, LOG2_E, ROUNDER);
    float n = z - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(EXP_7, r, EXP_6);
    p = Math.fma(p, r, EXP_5);
    p = Math.fma(p, r, EXP_4);
    p = Math.fma(p, r, EXP_3);
    p = Math.fma(p, r, EXP_2);
    float y = Math.fma(p, r * r, r) + 1;
    // n is added to the exponent itself: a factor of 2ⁿ would overflow where n is 128 and y below 1
    int bits = Float.floatToRawIntBits(y) + (Float.floatToRawIntBits(z) << 23);
    float inside = x <= EXP_HIGHEST ? Float.intBitsToFloat(bits) : x * Float.POSITIVE_INFINITY;
    return x < EXP_LOWEST ? 0 : inside;
  }

  /** 2ⁿ·(exp(r) − 1) + (2ⁿ − 1), halved until the end since 2¹²⁸ is no float32. */
  static float expm1(float x) {
    float z = Math.fma(x, LOG2_E, ROUNDER);
    float n = z - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(EXP_7, r, EXP_6);
    p = Math.fma(p, r, EXP_5);
    p = Math.fma(p, r, EXP_4);
    p = Math.fma(p, r, EXP_3);
    p = Math.fma(p, r, EXP_2);
    float y = Math.fma(p, r * r, r);
    float half = Float.intBitsToFloat((Float.floatToRawIntBits(z) << 23) + HALF_BITS);
    float inside = Math.fma(half, y, half - 0.5f) * 2;
    float finite = x <= EXP_HIGHEST ? inside : x * Float.POSITIVE_INFINITY;
    float nonTiny = Math.abs(x) < EXPM1_TINY ? x : finite;
    return x < EXPM1_LOWEST ? -1 : nonTiny;
  }

  static float log(float x) {
    boolean subnormal = x < SMALLEST_NORMAL;
    int i = Float.floatToRawIntBits(subnormal ? x * 0x1p23f : x);
    int e = (i - SQRT_HALF_BITS) >> 23;
    float m = Float.intBitsToFloat(i - (e << 23)) - 1;
    float f = Float.intBitsToFloat(e + ROUNDER_BITS) - ROUNDER;
    f = f - (subnormal ? 23 : 0);
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
    float inside = Math.fma(f, LN2_HIGH, m + y);
    float finite = x < Float.POSITIVE_INFINITY ? inside : x;
    float nonNegative = x == 0 ? Float.NEGATIVE_INFINITY : finite;
    return x < 0 ? Float.NaN : nonNegative;
  }

  static float tanh(float x) {
    // not by comparison: of that C2 makes no vectors (UnaryLoops)
    float t = Math.max(Math.min(x, TANH_LIMIT), -TANH_LIMIT);
    float s = t * t;
    float p = Math.fma(TANH_P13, s, TANH_P11);
    p = Math.fma(p, s, TANH_P9);
    p = Math.fma(p, s, TANH_P7);
    p = Math.fma(p, s, TANH_P5);
    p = Math.fma(p, s, TANH_P3);
    p = Math.fma(p, s, TANH_P1);
    float q = Math.fma(TANH_Q6, s, TANH_Q4);
    q = Math.fma(q, s, TANH_Q2);
    q = Math.fma(q, s, TANH_Q0);
    return p * t / q;
  }

  /** max(x, 0) + log(1 + exp(−|x|)). */
  static float softplus(float x) {
    float t = exp(-Math.abs(x));
    float q = Math.fma(LOG1P_8, t, LOG1P_7);
    q = Math.fma(q, t, LOG1P_6);
    q = Math.fma(q, t, LOG1P_5);
    q = Math.fma(q, t, LOG1P_4);
    q = Math.fma(q, t, LOG1P_3);
    q = Math.fma(q, t, LOG1P_2);
    q = Math.fma(q, t, LOG1P_1);
    q = Math.fma(q, t, LOG1P_0);
    return (x > 0 ? x : 0) + Math.fma(t * t, q, t);
  }
}
