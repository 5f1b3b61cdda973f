package org.anabranch.backend.reference;

/**
 * The error function by its series of positive terms and, far out, by the continued fraction of its
 * complement (Abramowitz and Stegun 1964, 7.1.6 and 7.1.14). Plain and slow; right to 4·10⁻¹⁶.
 */
final class ErrorFunction {
  private static final double SPLIT = 3;
  private static final int FRACTION_DEPTH = 60;

  private ErrorFunction() {}

  static double at(double x) {
    double t = Math.abs(x);
    double result = t < SPLIT ? series(t) : 1 - complement(t);
    return Double.isNaN(x) ? x : Math.copySign(result, x);
  }

  /** 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n + 1)). */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > sum * 0x1p-60; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  /** exp(−x²)/√π / (x + ½/(x + 1/(x + 1½/(x + …)))). */
  private static double complement(double x) {
    double fraction = x;
    for (int n = FRACTION_DEPTH; n > 0; n--) {
      fraction = x + n / 2.0 / fraction;
    }
    return StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
  }
}
