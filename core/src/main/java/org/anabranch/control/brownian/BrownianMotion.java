package org.anabranch.control.brownian;

import org.anabranch.backend.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Brownian motions of many samples: each sample's own, as many as {@link #motions} independent ones
 * side by side. Increments are pure functions of the seed, the sample's id and the interval. Not
 * for several threads at a time.
 */
public interface BrownianMotion {
  /** How many independent motions a sample has. */
  int motions();

  /**
   * The increments W(to) − W(from) of some samples, each over an interval of its own, and their
   * space-time Lévy areas
   *
   * <pre>  H = (1/h) ∫ (W(from + τ) − W(from) − (τ/h) (W(to) − W(from))) dτ  </pre>
   *
   * <p>which is normal with variance h/12 and independent of the increment. An interval from a
   * later time to an earlier one has the increment of the other with its sign changed, and the same
   * area; one without length has zeros.
   *
   * @param samples ids, a row of the buffers each
   * @param increments [rows × motions]
   * @param areas [rows × motions]; null where they are not wanted
   * @throws IllegalArgumentException if an interval lies outside the motion, or is none that it can
   *     give
   */
  void over(long[] samples, double[] from, double[] to, Buffer increments, @Nullable Buffer areas);
}
