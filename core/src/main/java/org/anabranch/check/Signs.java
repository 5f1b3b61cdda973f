package org.anabranch.check;

/** Directions: numbers 1 and −1 in an order without a pattern, the same at every call. */
final class Signs {
  private Signs() {}

  static double[] of(int count, int seed) {
    double[] signs = new double[count];
    for (int i = 0; i < count; i++) {
      // Parts of multiples of an irrational number: spread evenly, whatever the seed.
      double turn = (i + 1.0) * (i + 7.0 + seed) * 0.6180339887498949 + seed * 0.7548776662466927;
      signs[i] = turn - Math.floor(turn) < 0.5 ? -1 : 1;
    }
    return signs;
  }
}
