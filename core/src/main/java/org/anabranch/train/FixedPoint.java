package org.anabranch.train;

import org.anabranch.backend.simd.FixedPointLoops;

/** When doubles become integers at a power-of-two scale by {@link FixedPointLoops}. */
final class FixedPoint {
  /** The bits of infinity: those of NaN are larger, those of all finite magnitudes smaller. */
  static final long INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private static final double LIMIT = Math.scalb(1.0, Scales.LIMIT_BITS);

  private FixedPoint() {}

  /** The bits of the largest finite magnitude in a range. */
  static long largestFiniteBits(double[] values, int from, int to) {
    long largest = 0;
    for (int i = from; i < to; i++) {
      long bits = Double.doubleToRawLongBits(values[i]) & Long.MAX_VALUE;
      if (bits < INFINITY) {
        largest = Math.max(largest, bits);
      }
    }
    return largest;
  }

  /** Whether values up to a magnitude, given by its bits, stay below 2⁵¹. */
  static boolean fits(long magnitudeBits, int exponent) {
    double scaled = Double.longBitsToDouble(magnitudeBits) * Math.scalb(1.0, exponent);
    return Math.rint(scaled) < LIMIT;
  }
}
