package org.anabranch.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anabranch.backend.simd.FixedPointLoops;

/**
 * The power-of-two scale of each parameter tensor's gradient and of the loss: the value v of a
 * block becomes the integer rint(v · 2^exponent), whose magnitude must stay below 2⁵¹.
 *
 * @param exponents one a parameter tensor, in the order of the layout, -1000 to {@value #MOST}
 * @param loss the exponent of the loss
 */
public record Scales(List<Integer> exponents, int loss) implements Serializable {
  /** Quantised values stay below 2^LIMIT_BITS, so that 2¹² of them cannot leave 63 bits. */
  static final int LIMIT_BITS = 51;

  /** The factor 2^HEADROOM_BITS by which magnitudes may grow before a round must be repeated. */
  static final int HEADROOM_BITS = 10;

  /** Fewer bits for the largest magnitude of a tensor are too coarse: those of a float. */
  static final int FEWEST_BITS = 24;

  /** The same of wide sums, of workers: a repetition costs them all their local steps. */
  private static final int WIDE_HEADROOM_BITS = 20;

  private static final int WIDE_FEWEST_BITS = 40;

  /** Fits magnitudes from 2⁻³⁵ to 2²⁷, which is what workers bring in most runs. */
  private static final int WIDE_FIRST = 24;

  /** Larger exponents do not occur: 2^MOST and its inverse must be normal numbers. */
  static final int MOST = 1000;

  public Scales {
    exponents = List.copyOf(exponents);
    for (int exponent : exponents) {
      requireExponent(exponent);
    }
    requireExponent(loss);
  }

  /**
   * Scales at which the given largest magnitudes become integers of 41 bits: they can grow 2¹⁰-fold
   * before they overflow and shrink 2¹⁷-fold before they are too coarse. A magnitude of 0 says
   * nothing about the next round and is treated as 1. Magnitudes below 2⁻⁹⁶⁰ keep fewer bits.
   */
  public static Scales from(Magnitudes magnitudes) {
    return from(magnitudes, HEADROOM_BITS);
  }

  /**
   * The same for wide sums: integers of 31 bits and 50 more below the point. They can grow 2²⁰-fold
   * before they overflow and shrink 2⁴¹-fold before they are too coarse.
   */
  static Scales wideFrom(Magnitudes magnitudes) {
    return from(magnitudes, WIDE_HEADROOM_BITS);
  }

  /** What a first round tries with wide sums of so many tensors. */
  static Scales wideFirst(int tensors) {
    return new Scales(Collections.nCopies(tensors, WIDE_FIRST), WIDE_FIRST);
  }

  private static Scales from(Magnitudes magnitudes, int headroom) {
    List<Integer> exponents = new ArrayList<>(magnitudes.tensors().size());
    for (double magnitude : magnitudes.tensors()) {
      exponents.add(exponentFor(magnitude, headroom));
    }
    return new Scales(exponents, exponentFor(magnitudes.loss(), headroom));
  }

  /** The exponents of the tensors and then the loss's: what {@link #ofArray} reads. */
  public double[] toArray() {
    double[] all = new double[exponents.size() + 1];
    for (int i = 0; i < exponents.size(); i++) {
      all[i] = exponents.get(i);
    }
    all[exponents.size()] = loss;
    return all;
  }

  /**
   * The scales that {@link #toArray} wrote.
   *
   * @throws IllegalArgumentException if the array is empty or holds anything but exponents
   */
  public static Scales ofArray(double[] all) {
    if (all.length == 0) {
      throw new IllegalArgumentException(
          "Scales: the array is empty; expected one exponent a tensor and the loss's. Pass an array"
              + " that Scales.toArray wrote.");
    }
    List<Integer> exponents = new ArrayList<>(all.length);
    for (double exponent : all) {
      if (exponent != Math.rint(exponent) || Math.abs(exponent) > MOST) {
        throw new IllegalArgumentException(
            "Scales: an exponent is %s; expected an integer from %d to %d. Pass an array that"
                    .formatted(exponent, -MOST, MOST)
                + " Scales.toArray wrote.");
      }
      exponents.add((int) exponent);
    }
    return new Scales(exponents.subList(0, all.length - 1), exponents.get(all.length - 1));
  }

  /**
   * Whether a largest magnitude keeps too few bits at an exponent, and a larger exponent would keep
   * more.
   */
  static boolean tooCoarse(double magnitude, int exponent) {
    return magnitude > 0
        && exponent < MOST
        && Math.getExponent(magnitude) + exponent < FEWEST_BITS - 1;
  }

  /** The same of a wide sum. */
  static boolean tooCoarseWide(double magnitude, int exponent) {
    int bits = exponent + FixedPointLoops.FINE_BITS;
    return magnitude > 0
        && exponent < MOST
        && Math.getExponent(magnitude) + bits < WIDE_FEWEST_BITS - 1;
  }

  private static int exponentFor(double magnitude, int headroom) {
    if (magnitude == 0) {
      return exponentFor(1, headroom);
    }
    // 2^binade <= magnitude < 2^(binade + 1)
    int binade = Math.getExponent(magnitude);
    return Math.min(MOST, LIMIT_BITS - headroom - 1 - binade);
  }

  private static void requireExponent(int exponent) {
    if (Math.abs(exponent) > MOST) {
      throw new IllegalArgumentException(
          "Scales: an exponent is %d; it must be from %d to %d. Use Scales.from."
              .formatted(exponent, -MOST, MOST));
    }
  }
}
