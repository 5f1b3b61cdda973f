package org.anabranch.model.paths.evaluation;

import java.util.Arrays;

/**
 * The statistic of Kolmogorov and Smirnov of two samples.
 *
 * <pre>  D = supₓ |F(x) − G(x)|  </pre>
 *
 * with the samples' empirical distribution functions F and G: 0 for equal samples, 1 for those that
 * do not overlap. For samples of sizes n and m of one continuous law it exceeds 1.36 √((n +
 * m)/(nm)) once in twenty.
 */
public final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /**
   * The statistic. Costs two sorts; the arrays stay as they are.
   *
   * @return NaN if a sample is empty
   */
  public static double statistic(double[] a, double[] b) {
    if (a.length == 0 || b.length == 0) {
      return Double.NaN;
    }
    double[] x = a.clone();
    double[] y = b.clone();
    Arrays.sort(x);
    Arrays.sort(y);
    double largest = 0;
    int below = 0;
    int otherBelow = 0;
    while (below < x.length && otherBelow < y.length) {
      double at = Math.min(x[below], y[otherBelow]);
      below = past(x, below, at);
      otherBelow = past(y, otherBelow, at);
      double gap = (double) below / x.length - (double) otherBelow / y.length;
      largest = Math.max(largest, Math.abs(gap));
    }
    return largest;
  }

  /** The first place from {@code from} on that holds more than a value. */
  private static int past(double[] sorted, int from, double value) {
    int place = from;
    while (place < sorted.length && sorted[place] <= value) {
      place++;
    }
    return place;
  }
}
