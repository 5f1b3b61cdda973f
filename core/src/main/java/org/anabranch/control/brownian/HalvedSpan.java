package org.anabranch.control.brownian;

import java.util.Arrays;
import org.anabranch.backend.simd.BrownianLanes;

/**
 * The Brownian motions of some samples over a span that is halved {@value #LEVELS} times. A half's
 * numbers are drawn from those of the whole with noise of (seed, level and place of the whole,
 * sample, motion): the same for every sample alone or beside others. Kept are the halves that were
 * gone through last, two of each level, where a step that follows another finds what lies after
 * their common time.
 */
final class HalvedSpan {
  static final int LEVELS = 32;

  /** The places that intervals of the last level lie between. */
  static final long PLACES = 1L << LEVELS;

  private final BrownianLanes lanes;
  private final long[] keys;
  private final long[] samples;
  private final Piece whole;

  /** The halves of one interval of each level, and the place of that interval. */
  private final Piece[] first = new Piece[LEVELS];

  private final Piece[] second = new Piece[LEVELS];
  private final long[] halved = new long[LEVELS];
  private long halvings;

  /**
   * @param lanes for as many samples; may be shared by several spans
   * @param keys of the noise of each level, and of that of the whole at the end
   */
  HalvedSpan(BrownianLanes lanes, long[] keys, long[] samples, double length) {
    this.lanes = lanes;
    this.keys = keys;
    this.samples = samples.clone();
    Arrays.fill(halved, -1);
    whole = new Piece(lanes.numbers());
    whole.length = length;
    lanes.draw(keys[LEVELS], 0, samples, length, whole.numbers);
  }

  boolean isOf(long[] others) {
    return Arrays.equals(samples, others);
  }

  /** The motions from a place to another that is not before it: the pieces between, joined. */
  void cover(long from, long to, Piece joined) {
    if (from == to) {
      joined.clear();
    }
    long at = from;
    while (at < to) {
      int level = largest(at, to);
      Piece piece = piece(level, at >>> (LEVELS - level));
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
    int known = level;
    while (known > 0 && halved[known - 1] != place >>> (level - known + 1)) {
      known--;
    }
    Piece piece = known == 0 ? whole : half(known, place >>> (level - known));
    while (known < level) {
      halve(piece, known, place >>> (level - known));
      known++;
      piece = half(known, place >>> (level - known));
    }
    return piece;
  }

  private Piece half(int level, long place) {
    return (place & 1) == 0 ? first[level - 1] : second[level - 1];
  }

  private void halve(Piece piece, int level, long place) {
    if (first[level] == null) {
      first[level] = new Piece(lanes.numbers());
      second[level] = new Piece(lanes.numbers());
    }
    double half = piece.length / 2;
    first[level].length = half;
    second[level].length = half;
    lanes.split(
        keys[level],
        (int) place,
        samples,
        half,
        half,
        piece.numbers,
        first[level].numbers,
        second[level].numbers);
    halved[level] = place;
    halvings++;
  }

  long halvings() {
    return halvings;
  }
}
