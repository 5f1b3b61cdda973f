package org.anabranch.graph;

import java.util.Arrays;
import java.util.List;

/** Generated numbers: a pure function of seed, kind, name and place. */
record Numbers(long seed, Kind kind) {
  /** What to draw from. */
  enum Kind {
    /** Between −2 and 2. */
    PLAIN,
    /** One in two is a zero of either sign. */
    ZEROS,
    /** Tiny, huge, infinite, NaN, zeros and ones among plain ones. */
    EXTREME
  }

  private static final double[] ZEROS = {0.0, -0.0};
  private static final double[] EXTREMES = {
    0.0,
    -0.0,
    1,
    -1,
    1e-30,
    -1e-30,
    1e-40,
    -3e-45,
    1e30,
    -2e38,
    1e300,
    -1e-300,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  double[] of(String name, int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      long bits = mix(mix(seed * 31 + name.hashCode()) + i);
      double plain = 4 * ((bits >>> 11) * 0x1.0p-53) - 2;
      int choice = (int) (mix(bits) >>> 40);
      numbers[i] =
          switch (kind) {
            case PLAIN -> plain;
            case ZEROS -> choice % 2 == 0 ? plain : ZEROS[choice / 2 % ZEROS.length];
            case EXTREME -> choice % 3 > 0 ? plain : EXTREMES[choice / 3 % EXTREMES.length];
          };
    }
    return numbers;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  static long mix(long z) {
    long a = z + 0x9E3779B97F4A7C15L;
    a = (a ^ (a >>> 30)) * 0xBF58476D1CE4E5B9L;
    a = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return a ^ (a >>> 31);
  }

  /** The bits of each number, one pattern for all NaN. */
  static List<Long> bits(double[] values) {
    return Arrays.stream(values).mapToObj(Double::doubleToLongBits).toList();
  }
}
