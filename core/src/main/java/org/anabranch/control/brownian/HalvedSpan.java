package org.anabranch.control.brownian;

import java.util.Arrays;
import org.anabranch.backend.simd.Normals;
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
 * <p>ξ₁ and ξ₂ are drawn from (seed, sample, level and place of the interval, motion), in float32
 * from lanes; everything else is float64.
 */
final class HalvedSpan {
  static final int LEVELS = 32;

  /** The places that intervals of the last level lie between. */
  static final long PLACES = 1L << LEVELS;

  private final Normals normals;
  private final long[] sample;
  private final int motions;

  /** The intervals gone through last, one of each level, and their places there. */
  private final Piece[] path = new Piece[LEVELS + 1];

  private final long[] places = new long[LEVELS + 1];
  private final Piece beside;

  /** Two numbers for each motion, one after the other. */
  private final float[] drawn;

  private long halvings;

  /**
   * @param normals shared by the samples of one motion
   */
  HalvedSpan(Normals normals, long sample, double length, int motions) {
    this.normals = normals;
    this.sample = new long[] {sample};
    this.motions = motions;
    for (int level = 0; level <= LEVELS; level++) {
      path[level] = new Piece(motions);
    }
    beside = new Piece(motions);
    drawn = new float[Normals.length(1, 2 * motions)];
    Arrays.fill(places, -1);
    Piece whole = path[0];
    whole.length = length;
    places[0] = 0;
    draw(LEVELS, 0); // a level that no interval is halved on
    for (int i = 0; i < motions; i++) {
      whole.w[i] = Math.sqrt(length) * drawn[2 * i];
      whole.h[i] = Math.sqrt(length / 12) * drawn[2 * i + 1];
    }
  }

  /** Each level has a stream of its own, the place is the step's: no two intervals meet. */
  private void draw(int level, long place) {
    int stream = Stream.BROWNIAN.id() | (level + 1) << 8;
    normals.draw(stream, (int) place, sample, 2 * motions, drawn);
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
    draw(level, place);
    for (int i = 0; i < motions; i++) {
      double x1 = drawn[2 * i];
      double x2 = drawn[2 * i + 1];
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
