package org.anabranch.random;

/**
 * Random numbers as pure functions of named coordinates (seed, stream, sample, step, component):
 * they do not depend on the order of calls, on threads or on partitions, and a task that runs again
 * draws the same bits.
 *
 * <p>The coordinates are Threefry's key (seed, stream) and counter (sample, step, component), word
 * for word, so different coordinates never meet in the same input. Everything after Threefry uses
 * exact operations and {@link StrictMath}, which give the same bits on every Java machine.
 */
public final class CounterRandom {
  private static final double ULP = 0x1p-53;

  private CounterRandom() {}

  /** 64 uniform bits. */
  public static long bits(long seed, Stream stream, long sample, int step, int component) {
    Threefry words = words(seed, stream, sample, step, component);
    return join(words.x0(), words.x1());
  }

  /**
   * A number uniform in the open interval (0, 1): one of the 2⁵² odd multiples of 2⁻⁵³. Neither end
   * occurs, and u occurs exactly as often as 1 - u.
   */
  public static double uniform(long seed, Stream stream, long sample, int step, int component) {
    return unit(bits(seed, stream, sample, step, component));
  }

  /**
   * A standard normal number by Box and Muller's transformation, one of the pair:
   *
   * <pre>  sqrt(-2 ln u₁) cos(2π u₂)  </pre>
   *
   * with u₁ and u₂ from the two halves of the output, so that {@link #uniform} of the same
   * coordinates is u₁: do not use both. Its magnitude is at most sqrt(106 ln 2) = 8.6, which a true
   * normal number exceeds once in 10¹⁷.
   */
  public static double normal(long seed, Stream stream, long sample, int step, int component) {
    Threefry words = words(seed, stream, sample, step, component);
    double u1 = unit(join(words.x0(), words.x1()));
    double u2 = unit(join(words.x2(), words.x3()));
    return StrictMath.sqrt(-2 * StrictMath.log(u1)) * StrictMath.cos(2 * Math.PI * u2);
  }

  /**
   * An integer uniform in 0 to {@code bound - 1}, up to a bias of bound / 2⁶³.
   *
   * @throws IllegalArgumentException if the bound is below 1
   */
  public static int below(
      int bound, long seed, Stream stream, long sample, int step, int component) {
    if (bound < 1) {
      throw new IllegalArgumentException(
          "CounterRandom: bound is %d, so there is no integer to draw. Pass at least 1."
              .formatted(bound));
    }
    long bits = bits(seed, stream, sample, step, component);
    return (int) Math.multiplyHigh(bits >>> 1, (long) bound << 1); // = bits₆₃ · bound / 2⁶³
  }

  private static Threefry words(long seed, Stream stream, long sample, int step, int component) {
    return Threefry.of(
        (int) seed,
        (int) (seed >>> 32),
        stream.id(),
        0,
        (int) sample,
        (int) (sample >>> 32),
        step,
        component);
  }

  private static long join(int low, int high) {
    return (low & 0xFFFFFFFFL) | ((long) high << 32);
  }

  private static double unit(long bits) {
    return ((bits >>> 11) | 1) * ULP;
  }
}
