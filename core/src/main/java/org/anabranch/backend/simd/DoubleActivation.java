package org.anabranch.backend.simd;

import org.anabranch.graph.UnaryFunction;

/**
 * Functions of one float64 number, and the constants that {@link VectorDoubleActivation} shares.
 * Every operation is rounded once and in a fixed order, so lanes can repeat it to the last bit.
 *
 * <p>Largest error met on 400 000 random arguments in each of several ranges, against 48 digits, in
 * units of the last place of the exact result (DoubleActivationTest sweeps fewer):
 *
 * <pre>
 *   EXP       1.02   subnormal results included
 *   LOG       0.79   all arguments, subnormal ones included
 *   TANH      1.33
 *   SIGMOID   2.20   subnormal results included
 *   SOFTPLUS  1.67   subnormal results included
 * </pre>
 *
 * NaN gives NaN, except for STEP, which gives 0; infinities give the limits.
 */
@SuppressWarnings(
    "FloatingPointLiteralPrecision") // the digits as published, so that they can be found
final class DoubleActivation {
  // exp: x = n·ln 2 + r with |r| ≤ ln 2 / 2. Adding 1.5·2⁵² rounds to an integer and leaves it in
  // the low bits. ln 2 in two parts as fdlibm has them (Sun Microsystems 1993): n times the high
  // one is exact, and so is x minus that.
  static final double ROUNDER = 0x1.8p52;
  static final long ROUNDER_BITS = 0x4338000000000000L;
  static final double LOG2_E = 0x1.71547652b82fep0;
  static final double LN2_HIGH = 6.93147180369123816490e-01;
  static final double LN2_LOW = 1.90821492927058770002e-10;

  // exp(r) = 1 + r + r²·P(r): P of least relative error on |r| ≤ ln 2 / 2, by Remez's exchange in
  // 60 digits: 2⁻⁵⁷·⁹.
  static final double EXP_11 = 0x1.ad7b878807281p-26;
  static final double EXP_10 = 0x1.28ad6c5dd8190p-22;
  static final double EXP_9 = 0x1.71df280903a98p-19;
  static final double EXP_8 = 0x1.a0199a167249ap-16;
  static final double EXP_7 = 0x1.a01a012902647p-13;
  static final double EXP_6 = 0x1.6c16c18424b5fp-10;
  static final double EXP_5 = 0x1.1111111128027p-7;
  static final double EXP_4 = 0x1.55555555508a0p-5;
  static final double EXP_3 = 0x1.55555555554f9p-3;
  static final double EXP_2 = 0x1.000000000000ap-1;

  /** The last float64 whose exponential is finite. */
  static final double EXP_HIGHEST = 7.09782712893383973096e+02;

  /** The first float64 whose exponential is not nearest to 0. */
  static final double EXP_LOWEST = -7.45133219101941108420e+02;

  // 2ⁿ as 2ⁱ·2ʲ with i = ⌊n/2⌋, so that both are normal whatever n. n + 2048 is positive, hence
  // halving it by a shift needs no sign; the exponent field of 2ⁱ is then one less than the half.
  static final long TO_POSITIVE = 2048;
  static final long BOTH_FIELDS = 2046;

  // log: x = 2^e · (1 + f) with 1 + f in [√½, √2). Polynomial in s² with s = f / (2 + f), and the
  // order of additions, of fdlibm's __ieee754_log.
  static final long SQRT_HALF_BITS = 0x3fe6a09e00000000L;
  static final long ONE_BITS = 0x3ff0000000000000L;
  static final long FRACTION = 0x000fffffffffffffL;
  static final long TWO_52_BITS = 0x4330000000000000L;
  static final double TWO_52_AND_BIAS = 0x1p52 + 1023;
  static final double SMALLEST_NORMAL = 0x1p-1022;
  static final double LOG_1 = 6.666666666666735130e-01;
  static final double LOG_2 = 3.999999999940941908e-01;
  static final double LOG_3 = 2.857142874366239149e-01;
  static final double LOG_4 = 2.222219843214978396e-01;
  static final double LOG_5 = 1.818357216161805012e-01;
  static final double LOG_6 = 1.531383769920937332e-01;
  static final double LOG_7 = 1.479819860511658591e-01;

  // tanh: below 0.625 x + x³·P(x²)/Q(x²) of Cephes (Moshier), beyond it 1 − 2/(exp(2x) + 1).
  static final double TANH_SMALL = 0.625;

  /** From here on 1 − tanh is less than half a unit. */
  static final double TANH_LIMIT = 20;

  static final double TANH_P2 = -9.64399179425052238628e-1;
  static final double TANH_P1 = -9.92877231001918586564e1;
  static final double TANH_P0 = -1.61468768441708447952e3;
  static final double TANH_Q2 = 1.12811678491632931402e2;
  static final double TANH_Q1 = 2.23548839060100448583e3;
  static final double TANH_Q0 = 4.84406305325125486048e3;

  /** Above √2 − 1, log(1 + t) is ln 2 + log(1 + (t − 1)/2). */
  static final double LOG1P_HALVED = 0.41421356237309503;

  private DoubleActivation() {}

  static double apply(UnaryFunction f, double x) {
    return switch (f) {
      case NEGATE -> -x;
      case ABSOLUTE -> Math.abs(x);
      case SQRT -> Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case SQUARE -> x * x;
      case EXP -> exp(x);
      case LOG -> log(x);
      case TANH -> tanh(x);
      case SIGMOID -> sigmoid(x);
      case SOFTPLUS -> softplus(x);
      case RELU -> x <= 0 ? 0 : x;
      case STEP -> x > 0 ? 1 : 0;
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case EXPM1 -> StrictMath.expm1(x);
      case ERF -> WideErrorFunction.erf(x);
    };
  }

  static double exp(double x) {
    double z = Math.fma(x, LOG2_E, ROUNDER);
    double y = expOfRest(x, z - ROUNDER);
    long n = Double.doubleToRawLongBits(z) - ROUNDER_BITS;
    long i = ((n + TO_POSITIVE) >>> 1) - 1;
    long j = n + BOTH_FIELDS - i;
    double scaled = y * Double.longBitsToDouble(i << 52) * Double.longBitsToDouble(j << 52);
    double inside = x <= EXP_HIGHEST ? scaled : x * Double.POSITIVE_INFINITY;
    return x < EXP_LOWEST ? 0 : inside;
  }

  /** exp(x − n·ln 2). */
  private static double expOfRest(double x, double n) {
    double r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    double p = Math.fma(EXP_11, r, EXP_10);
    p = Math.fma(p, r, EXP_9);
    p = Math.fma(p, r, EXP_8);
    p = Math.fma(p, r, EXP_7);
    p = Math.fma(p, r, EXP_6);
    p = Math.fma(p, r, EXP_5);
    p = Math.fma(p, r, EXP_4);
    p = Math.fma(p, r, EXP_3);
    p = Math.fma(p, r, EXP_2);
    return Math.fma(p, r * r, r) + 1;
  }

  static double log(double x) {
    boolean subnormal = x < SMALLEST_NORMAL;
    long bits =
        Double.doubleToRawLongBits(subnormal ? x * 0x1p54 : x) + (ONE_BITS - SQRT_HALF_BITS);
    double f = Double.longBitsToDouble((bits & FRACTION) + SQRT_HALF_BITS) - 1;
    double e = Double.longBitsToDouble((bits >>> 52) | TWO_52_BITS) - TWO_52_AND_BIAS;
    e = e - (subnormal ? 54 : 0);
    double finite = x < Double.POSITIVE_INFINITY ? logarithm(f, e) : x;
    double nonNegative = x == 0 ? Double.NEGATIVE_INFINITY : finite;
    return x < 0 ? Double.NaN : nonNegative;
  }

  /** log((1 + f) · 2^e). */
  private static double logarithm(double f, double e) {
    double s = f / (2 + f);
    double z = s * s;
    double p = Math.fma(LOG_7, z, LOG_6);
    p = Math.fma(p, z, LOG_5);
    p = Math.fma(p, z, LOG_4);
    p = Math.fma(p, z, LOG_3);
    p = Math.fma(p, z, LOG_2);
    p = Math.fma(p, z, LOG_1);
    double half = 0.5 * f * f;
    double low = Math.fma(s, Math.fma(p, z, half), e * LN2_LOW);
    return Math.fma(e, LN2_HIGH, f - (half - low));
  }

  static double tanh(double x) {
    double a = Math.abs(x);
    boolean small = a < TANH_SMALL;
    double square = a * a;
    double p = Math.fma(Math.fma(TANH_P2, square, TANH_P1), square, TANH_P0);
    double q = Math.fma(Math.fma(square + TANH_Q2, square, TANH_Q1), square, TANH_Q0);
    double d = (small ? p : 2) / (small ? q : expForTanh(a) + 1);
    double t = small ? Math.fma(a * square, d, a) : 1 - d;
    double positive = x > 0 ? t : x; // zeros keep their sign, NaN stays
    return x < 0 ? -t : positive;
  }

  /** exp(2a), as far as tanh needs it: no result is subnormal or overflows. */
  private static double expForTanh(double a) {
    double x = 2 * (a > TANH_LIMIT ? TANH_LIMIT : a);
    double z = Math.fma(x, LOG2_E, ROUNDER);
    double y = expOfRest(x, z - ROUNDER);
    return Double.longBitsToDouble(
        Double.doubleToRawLongBits(y) + (Double.doubleToRawLongBits(z) << 52));
  }

  /** 1 / (1 + exp(−x)), from the side on which the exponential does not overflow. */
  static double sigmoid(double x) {
    double e = exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  /** max(x, 0) + log(1 + exp(−|x|)). */
  static double softplus(double x) {
    double t = exp(-Math.abs(x));
    boolean halved = t > LOG1P_HALVED;
    double f = halved ? Math.fma(0.5, t, -0.5) : t;
    return (x > 0 ? x : 0) + logarithm(f, halved ? 1 : 0);
  }
}
