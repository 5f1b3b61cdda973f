package org.anabranch.backend.simd;

/**
 * Loops over doubles that become integers, q = rint(v · 2^exponent) with |q| below 2⁵¹: what exact
 * sums of gradients are made of. All implementations give the same integers. For any thread.
 */
public interface FixedPointLoops {
  /**
   * What rounding leaves over, at most a half, times two to this power is an integer of its own.
   */
  int FINE_BITS = 50;

  /** Those that {@code anabranch.kernels} chooses, as it chooses all kernels. */
  static FixedPointLoops here() {
    return KernelChoice.get().fixedPoint();
  }

  /** The bits of the largest magnitude in a range; bits of magnitudes are ordered like them. */
  long largestBits(double[] values, int from, int to);

  /** Adds the integers of {@code values[from..to)}, which fit, to {@code sums} from {@code at}. */
  void accumulate(double[] values, int from, int to, int exponent, long[] sums, int at);

  /** The same, with what rounding leaves over, times 2^{@link #FINE_BITS}, in a second sum. */
  void accumulateWide(
      double[] values, int from, int to, int exponent, long[] sums, long[] fine, int at);
}
