package org.anabranch.backend.simd;

import java.util.Arrays;

/**
 * Where the lines of a product begin in their arrays. C2 takes numbers one by one up to the first
 * that is aligned in memory, and as many fewer at the end of the loop as its vectors then fit; at
 * the right beginning that is one number, at the others 8 or 16, which cost as much as the 128 of a
 * line. Which beginning is right depends on where the collector put the arrays, and only time
 * tells: each is tried for some products, the fastest is kept for a while, then all are tried
 * again. The bits do not depend on it.
 */
final class LineStart {
  /** Beginnings that are tried: the float32 numbers of a cache line. */
  static final int CHOICES = 16;

  /** Products for each, so that every shape of a solve's layers has its turn. */
  static final int TRIALS = 16;

  /** Products from one round of trials to the next: a fraction of a second. */
  static final int PERIOD = 8192;

  private final double[] least = new double[CHOICES];
  private int products;
  private int kept;

  /**
   * For the next product: 1 to {@link #CHOICES}, since one number before the line is taken along.
   */
  int next() {
    return 1 + (trying() ? products / TRIALS : kept);
  }

  /** The product with the beginning of {@link #next} is done. */
  void took(long nanoseconds, long multiplyAdds) {
    if (trying() && multiplyAdds > 0) {
      compare((double) nanoseconds / multiplyAdds);
    }
    products = (products + 1) % PERIOD;
  }

  private void compare(double cost) {
    if (products == 0) {
      Arrays.fill(least, Double.POSITIVE_INFINITY);
    }
    int choice = products / TRIALS;
    least[choice] = Math.min(least[choice], cost);
    if (products == CHOICES * TRIALS - 1) {
      kept = fastest();
    }
  }

  private int fastest() {
    int fastest = 0;
    for (int choice = 1; choice < CHOICES; choice++) {
      if (least[choice] < least[fastest]) {
        fastest = choice;
      }
    }
    return fastest;
  }

  private boolean trying() {
    return products < CHOICES * TRIALS;
  }
}
