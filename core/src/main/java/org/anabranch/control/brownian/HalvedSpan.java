package org.anabranch.control.brownian;

import java.util.Arrays;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;

/**
 * The Brownian motions of one sample over a span that is halved {@value #LEVELS} times. Halving an
 * interval of length h, with increment W and area H, gives
 *
 * <pre>
 *   W₁ = W/2 + 3H/2 + e ξ₁     H₁ = H/4 − a ξ₁ + c ξ₂
 *   W₂ = W − W₁                H₂ = H/4 − a ξ₁ − c ξ₂     e = √h / 4    a = √h / 8    c = √h / √48
 * </pre>
 *
 * <p>ξ₁ and ξ₂ are drawn from (seed, sample, level and place of the interval, motion).
 */
final class HalvedSpan {
  static final int LEVELS = 32;

  /** The places that intervals of the last level lie between. */
  static final long PLACES = 1L << LEVELS;

  /** A component of a random number has so many bits for a motion. */
  static final int MOST_MOTIONS = 1 << 20;

  private final long seed;
  private final long sample;
  private final int motions;

  /** The intervals gone through last, one of each level, and their places there. */
  private final Piece[] path = new Piece[LEVELS + 1];

  private final long[] places = new long[LEVELS + 1];
  private final Piece beside;
  private long halvings;

  HalvedSpan(long seed, long sample, double length, int motions) {
    this.seed = seed;
    this.sample = sample;
    this.motions = motions;
    for (int level = 0; level <= LEVELS; level++) {
      path[level] = new Piece(motions);
    }
    beside = new Piece(motions);
    Arrays.fill(places, -1);
    Piece whole = path[0];
    whole.length = length;
    places[0] = 0;
    for (int i = 0; i < motions; i++) {
      whole.w[i] = Math.sqrt(length) * normal(Stream.BROWNIAN, LEVELS + 1, 0, i);
      whole.h[i] = Math.sqrt(length / 12) * normal(Stream.BROWNIAN_AREA, LEVELS + 1, 0, i);
    }
  }

  /** Level and motion are the component's, the place is the step's: no two meet. */
  private double normal(Stream stream, int level, long place, int motion) {
    return CounterRandom.normal(seed, stream, sample, (int) place, level * MOST_MOTIONS + motion);
  }

  /** The motions from a place to another that is not before it: the pieces between, joined. */
  void cover(long from, long to, Piece joined) {
    joined.clear();
    long at = from;
    while (at < to) {
      int level = largest(at, to);
      long place = at >>> (LEVELS - level);
      Piece piece = piece(level, place);
      if (at == from) {
        joined.copyFrom(piece);
      } else {
        joined.join(piece);
      }
      at += 1L << (LEVELS - level);
    }
  }

  /** The level of the longest interval that begins at a place and ends at another or before. */
  private static int largest(long at, long to) {
    int byStart = at == 0 ? LEVELS : Long.numberOfTrailingZeros(at);
    int byLength = 63 - Long.numberOfLeadingZeros(to - at);
    return LEVELS - Math.min(Math.min(byStart, byLength), LEVELS);
  }

  private Piece piece(int level, long place) {
    int known = 0;
    while (known < level && places[known + 1] == place >>> (level - known - 1)) {
      known++;
    }
    for (int above = known; above < level; above++) {
      long next = place >>> (level - above - 1);
      Piece first = path[above + 1];
      halve(above, places[above], first, beside);
      if ((next & 1) == 1) {
        first.copyFrom(beside);
      }
      places[above + 1] = next;
      if (above + 2 <= LEVELS) {
        places[above + 2] = -1; // what lies below is of another
      }
    }
    return path[level];
  }

  private void halve(int level, long place, Piece first, Piece second) {
    Piece whole = path[level];
    double root = Math.sqrt(whole.length);
    halvings++;
    for (int i = 0; i < motions; i++) {
      double x1 = normal(Stream.BROWNIAN, level, place, i);
      double x2 = normal(Stream.BROWNIAN_AREA, level, place, i);
      double w = whole.w[i];
      double h = whole.h[i];
      double bridge = 1.5 * h + root / 4 * x1;
      double common = h / 4 - root / 8 * x1;
      double apart = root / Math.sqrt(48) * x2;
      first.w[i] = w / 2 + bridge;
      second.w[i] = w / 2 - bridge;
      first.h[i] = common + apart;
      second.h[i] = common - apart;
    }
    first.length = whole.length / 2;
    second.length = whole.length / 2;
  }

  long halvings() {
    return halvings;
  }
}
