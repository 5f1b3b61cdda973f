package org.anabranch.random;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Test of a sample against a continuous distribution by the largest difference of the two. */
public final class KolmogorovSmirnov {
  /** What sqrt(n) · D exceeds for one sample in a hundred (Smirnov 1948, table). */
  public static final double ONE_IN_A_HUNDRED = 1.628;

  private KolmogorovSmirnov() {}

  /** sqrt(n) · sup |F_n - F|. */
  public static double statistic(double[] sample, DoubleUnaryOperator distribution) {
    double[] x = sample.clone();
    Arrays.sort(x);
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      double f = distribution.applyAsDouble(x[i]);
      largest = Math.max(largest, Math.max(f - (double) i / x.length, (i + 1.0) / x.length - f));
    }
    return Math.sqrt(x.length) * largest;
  }

  /**
   * The standard normal distribution by Marsaglia's series (2004, Journal of Statistical Software
   * 11, 4): ½ + φ(x) (x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …).
   */
  public static double normal(double x) {
    if (Math.abs(x) > 8) {
      return x < 0 ? 0 : 1;
    }
    double sum = x;
    double term = x;
    for (int i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
