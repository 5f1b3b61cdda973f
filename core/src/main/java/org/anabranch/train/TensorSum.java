package org.anabranch.train;

import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of one parameter tensor's values (or of the loss, a tensor of one value) over
 * blocks, and the largest magnitude of any: the part of an {@link ExactSum} that has one scale.
 */
final class TensorSum implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** Values that stay in the first cache between the search for the largest and the sum. */
  private static final int CHUNK = 1024;

  private final int size;

  /** Null while only magnitudes are measured. */
  private final @Nullable Integer exponent;

  /** The bits of the largest finite magnitude. */
  private long largest;

  /** The integers; null once they are of no use. */
  private long @Nullable [] sums;

  TensorSum(int size, @Nullable Integer exponent) {
    this.size = size;
    this.exponent = exponent;
    this.sums = exponent == null ? null : new long[size];
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
      long bits = FixedPoint.largestBits(values, first, end);
      if (bits >= FixedPoint.INFINITY) {
        finite = false;
        bits = FixedPoint.largestFiniteBits(values, first, end);
      }
      largest = Math.max(largest, bits);
      if (sums != null && exponent != null) {
        if (finite && FixedPoint.fits(bits, exponent)) {
          FixedPoint.accumulate(values, first, end, exponent, sums, start);
        } else {
          sums = null;
        }
      }
    }
    return finite;
  }

  /** Whether the other is a sum of the same tensor at the same scale, as far as one can tell. */
  boolean matches(TensorSum other) {
    return size == other.size && Objects.equals(exponent, other.exponent);
  }

  /** Adds another sum, which matches. */
  void merge(TensorSum other) {
    largest = Math.max(largest, other.largest);
    if (sums != null && other.sums != null) {
      for (int i = 0; i < size; i++) {
        sums[i] += other.sums[i];
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

  /** Whether the largest magnitude kept fewer than 24 bits and could keep more. */
  boolean tooCoarse() {
    return exponent != null && Scales.tooCoarse(magnitude(), exponent);
  }

  /** The largest finite magnitude. */
  double magnitude() {
    return Double.longBitsToDouble(largest);
  }

  /** Writes the sums, each divided once, to a target from an index on. */
  void divideInto(double[] target, int from, long divisor) {
    if (sums == null || exponent == null) {
      throw new AssertionError("TensorSum: asked for sums that overflowed");
    }
    double unit = Math.scalb(1.0, -exponent); // a power of two: the product is exact
    for (int i = 0; i < size; i++) {
      target[from + i] = sums[i] * unit / divisor;
    }
  }
}
