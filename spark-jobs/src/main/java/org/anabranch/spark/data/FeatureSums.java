package org.anabranch.spark.data;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.train.Standardisation;

/**
 * The sums of features and of their squares, exact, so that order, partitions and retries cannot
 * change a bit of what is made of them. (Kulisch's long accumulator: U. Kulisch, "Computer
 * Arithmetic and Validity", 2008, chapter 8.) A feature that is NaN is missing, and left out.
 *
 * <p>A finite float32 is m · 2^e with |m| below 2²⁴ and e from −149 to 104, so a sum is a fixed
 * point number in units of 2⁻¹⁴⁹ and a sum of squares in units of 2⁻²⁹⁸. Each is kept in limbs of
 * 32 bits, in longs that take the carries of 2³¹ additions: 224 bytes a feature in all.
 */
final class FeatureSums implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int LOWEST = -149;
  private static final int LIMBS = 9; // 149 + 104 + 24 bits
  private static final int SQUARE_LIMBS = 18; // twice as many
  private static final MathContext DIGITS = new MathContext(40);

  private static final long CARRYING = (1L << 28) - 1;

  private final long[] counts;
  private final long[] sums;
  private final long[] squares;

  FeatureSums(int width) {
    counts = new long[width];
    sums = new long[width * LIMBS];
    squares = new long[width * SQUARE_LIMBS];
  }

  /** Adds a sample. */
  FeatureSums add(float[] features) {
    for (int feature = 0; feature < features.length; feature++) {
      if (!Float.isNaN(features[feature])) {
        add(feature, features[feature]);
      }
    }
    return this;
  }

  private void add(int feature, float value) {
    int bits = Float.floatToRawIntBits(value);
    int exponent = bits >>> 23 & 0xff;
    long m = exponent == 0 ? bits & 0x7fffff : (bits & 0x7fffff) | 0x800000;
    int e = exponent == 0 ? 0 : exponent - 1; // above the lowest
    add(sums, feature * LIMBS, m, e, bits < 0);
    long square = m * m;
    add(squares, feature * SQUARE_LIMBS, square & 0xffffff, 2 * e, false);
    add(squares, feature * SQUARE_LIMBS, square >>> 24, 2 * e + 24, false);
    if ((++counts[feature] & CARRYING) == 0) {
      carry(feature);
    }
  }

  /** Makes room for more carries. */
  private void carry(int feature) {
    carry(sums, feature * LIMBS, LIMBS);
    carry(squares, feature * SQUARE_LIMBS, SQUARE_LIMBS);
  }

  private static void carry(long[] limbs, int first, int count) {
    for (int limb = first; limb < first + count - 1; limb++) {
      long high = limbs[limb] >> 32;
      limbs[limb] -= high << 32;
      limbs[limb + 1] += high;
    }
  }

  /** This sum with another added. */
  FeatureSums plus(FeatureSums other) {
    add(counts, other.counts);
    add(sums, other.sums);
    add(squares, other.squares);
    for (int feature = 0; feature < counts.length; feature++) {
      carry(feature);
    }
    return this;
  }

  /** Mean and deviation (of the samples themselves, divisor n), rounded once to float64. */
  Standardisation standardisation() {
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int feature = 0; feature < counts.length; feature++) {
      // One that is always missing stays as it is.
      BigInteger n = BigInteger.valueOf(Math.max(1, counts[feature]));
      BigDecimal unit = new BigDecimal(BigInteger.ONE.shiftLeft(-LOWEST).multiply(n));
      BigInteger sum = whole(sums, feature * LIMBS, LIMBS);
      BigInteger square = whole(squares, feature * SQUARE_LIMBS, SQUARE_LIMBS);
      BigInteger spread = n.multiply(square).subtract(sum.multiply(sum)); // n²σ², never negative
      means.add(new BigDecimal(sum).divide(unit, DIGITS).doubleValue());
      double deviation = new BigDecimal(spread).sqrt(DIGITS).divide(unit, DIGITS).doubleValue();
      deviations.add(deviation > 0 ? deviation : 1);
    }
    return new Standardisation(means, deviations);
  }

  /** Adds m · 2^e, m below 2²⁴. */
  private static void add(long[] limbs, int first, long m, int e, boolean negative) {
    long shifted = m << (e & 31);
    int limb = first + (e >> 5);
    if (negative) {
      limbs[limb] -= shifted & 0xffffffffL;
      limbs[limb + 1] -= shifted >>> 32;
    } else {
      limbs[limb] += shifted & 0xffffffffL;
      limbs[limb + 1] += shifted >>> 32;
    }
  }

  private static void add(long[] sums, long[] values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i];
    }
  }

  private static BigInteger whole(long[] limbs, int first, int count) {
    BigInteger whole = BigInteger.ZERO;
    for (int i = count - 1; i >= 0; i--) {
      whole = whole.shiftLeft(32).add(BigInteger.valueOf(limbs[first + i]));
    }
    return whole;
  }
}
