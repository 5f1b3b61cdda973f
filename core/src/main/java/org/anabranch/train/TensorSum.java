package org.anabranch.train;

import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.anabranch.backend.simd.FixedPointLoops;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of one parameter tensor's values (or of the loss, a tensor of one value) over
 * blocks, and the largest magnitude of any: the part of an {@link ExactSum} that has one scale. A
 * wide one keeps {@link FixedPointLoops#FINE_BITS} more bits.
 */
final class TensorSum implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** Values that stay in the first cache between the search for the largest and the sum. */
  private static final int CHUNK = 1024;

  private static final double FINE_UNIT = Math.scalb(1.0, -FixedPointLoops.FINE_BITS);

  private static final FixedPointLoops LOOPS = FixedPointLoops.here();

  private final int size;

  /** Null while only magnitudes are measured. */
  private final @Nullable Integer exponent;

  /** The bits of the largest finite magnitude. */
  private long largest;

  /** The integers; null once they are of no use. */
  private long @Nullable [] sums;

  /** Their continuation below the point; null if it is not kept. */
  private final long @Nullable [] fine;

  TensorSum(int size, @Nullable Integer exponent) {
    this(size, exponent, exponent == null ? null : new long[size], null);
  }

  private TensorSum(
      int size, @Nullable Integer exponent, long @Nullable [] sums, long @Nullable [] fine) {
    this.size = size;
    this.exponent = exponent;
    this.sums = sums;
    this.fine = fine;
  }

  static TensorSum wide(int size, int exponent) {
    return new TensorSum(size, exponent, new long[size], new long[size]);
  }

  int size() {
    return size;
  }

  /**
   * Adds the values of one block, {@code size} of them from an index on.
   *
   * @return whether all are finite
   */
  boolean add(double[] values, int from) {
    boolean finite = true;
    for (int start = 0; start < size; start += CHUNK) {
      int first = from + start;
      int end = from + Math.min(size, start + CHUNK);
      long bits = LOOPS.largestBits(values, first, end);
      if (bits >= FixedPoint.INFINITY) {
        finite = false;
        bits = FixedPoint.largestFiniteBits(values, first, end);
      }
      largest = Math.max(largest, bits);
      if (sums != null && exponent != null) {
        if (finite && FixedPoint.fits(bits, exponent)) {
          accumulate(values, first, end, exponent, sums, start);
        } else {
          sums = null;
        }
      }
    }
    return finite;
  }

  private void accumulate(double[] values, int from, int to, int exponent, long[] sums, int at) {
    if (fine == null) {
      LOOPS.accumulate(values, from, to, exponent, sums, at);
    } else {
      LOOPS.accumulateWide(values, from, to, exponent, sums, fine, at);
    }
  }

  /** Whether the other is a sum of the same tensor at the same scale, as far as one can tell. */
  boolean matches(TensorSum other) {
    return size == other.size
        && Objects.equals(exponent, other.exponent)
        && (fine == null) == (other.fine == null);
  }

  /** Adds another sum, which matches. */
  void merge(TensorSum other) {
    largest = Math.max(largest, other.largest);
    if (sums != null && other.sums != null) {
      for (int i = 0; i < size; i++) {
        sums[i] += other.sums[i];
      }
      if (fine != null && other.fine != null) {
        for (int i = 0; i < size; i++) {
          fine[i] += other.fine[i];
        }
      }
    } else {
      sums = null;
    }
  }

  /** Drops the integers: some other tensor overflowed, so that nobody will ask for them. */
  void drop() {
    sums = null;
  }

  /** Whether there are no sums: some value did not fit, or there is no scale. */
  boolean overflowed() {
    return sums == null;
  }

  /** Whether the largest magnitude kept fewer than 24 bits, a wide one 40, and could keep more. */
  boolean tooCoarse() {
    return exponent != null
        && (fine == null
            ? Scales.tooCoarse(magnitude(), exponent)
            : Scales.tooCoarseWide(magnitude(), exponent));
  }

  /** The largest finite magnitude. */
  double magnitude() {
    return Double.longBitsToDouble(largest);
  }

  /**
   * Writes the sums from {@code low} to below {@code high}, each divided once, to a target in which
   * the first of all has the index {@code from}.
   */
  void divideInto(double[] target, int from, long divisor, int low, int high) {
    if (sums == null || exponent == null) {
      throw new AssertionError("TensorSum: asked for sums that overflowed");
    }
    double unit = Math.scalb(1.0, -exponent); // a power of two: the product is exact
    for (int i = low; i < high; i++) {
      double sum = fine == null ? sums[i] : sums[i] + fine[i] * FINE_UNIT;
      target[from + i] = sum * unit / divisor;
    }
  }
}
