package org.anabranch.control.brownian;

import java.util.Arrays;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.BrownianLanes;
import org.jspecify.annotations.Nullable;

/**
 * Brownian motions that split where they are asked: the Brownian Interval of Kidger et al. 2021
 * (arXiv:2105.13493, section 4), for samples that all take the same steps. An interval that was
 * asked once is there for good, so that asking there and back, or in any order, gives the same
 * bits; a step costs about one bridge, where the dyadic {@link BrownianInterval} goes down some
 * thirty halves.
 *
 * <p><b>The path depends on the questions.</b> It is a pure function of (seed, sample, all
 * intervals asked so far, in their order): the same solve has the same path, one with other steps
 * has another. Where it must not, as in adaptive or repeated solves, use {@link BrownianInterval}.
 *
 * <p>Kept are the numbers of the intervals asked last, {@value #KEPT} unless told otherwise, and a
 * tree of bounds, about 130 bytes for each new interval. What is no longer kept is drawn again from
 * the interval above: long intervals are halved until they hold half as many steps as intervals are
 * kept, so that N steps there and back take O(N log N) time.
 */
public final class QueriedInterval implements BrownianMotion {
  /** Intervals of which numbers are kept, by default: as many as torchsde keeps. */
  public static final int KEPT = 45;

  private static final int FEWEST_KEPT = 8;

  /** Times beyond an end by less than this share of the span are that end. */
  private static final double ROUNDING = 0x1p-33;

  /** Noise of the root's own numbers, and of parts: steps of the draws, so that they differ. */
  private static final int WHOLE = 1;

  private static final int PARTS = 0;

  private final int motions;
  private final int kept;
  private final double step;
  private final int[] streams;
  private final SplitSpan root;
  private SplitSpan last;
  private SplitSpan[] below = new SplitSpan[64];
  private long[] ids = {};
  private BrownianLanes lanes;
  private RecentNumbers recent;
  private Piece joined;
  private long drawn;

  /** With areas, for steps of a length that is not known. */
  public QueriedInterval(long seed, double start, double end, int motions) {
    this(seed, start, end, motions, true, KEPT, 0);
  }

  /**
   * @param start of the span
   * @param end after the start
   * @param withAreas whether space-time areas can be asked for: without, it takes half the time, on
   *     another path
   * @param kept intervals of which numbers are kept, at least 8
   * @param step of which most intervals are; 0 where that is not known
   * @throws IllegalArgumentException for a span without length, or no motion, or a step below 0
   */
  public QueriedInterval(
      long seed, double start, double end, int motions, boolean withAreas, int kept, double step) {
    Asking.requireSpan("QueriedInterval", start, end, motions);
    if (kept < FEWEST_KEPT || !(step >= 0)) {
      throw new IllegalArgumentException(
          "QueriedInterval: %d intervals kept, steps of %s. Keep at least %d, of steps of at least 0."
              .formatted(kept, step, FEWEST_KEPT));
    }
    this.motions = motions;
    this.kept = kept;
    this.step = step;
    streams = Asking.streams(withAreas);
    root = SplitSpan.root(seed, start, end);
    last = root;
    lanes = new BrownianLanes(0, motions, streams);
    recent = new RecentNumbers(kept, lanes);
    joined = new Piece(lanes.numbers());
  }

  @Override
  public int motions() {
    return motions;
  }

  /**
   * @throws IllegalArgumentException also if samples ask for different intervals, or areas are
   *     wanted of a motion made without
   */
  @Override
  public void over(
      long[] samples, double[] from, double[] to, Buffer increments, @Nullable Buffer areas) {
    Asking.requireAreas("QueriedInterval", areas == null || streams.length > 1);
    if (samples.length == 0) {
      return;
    }
    takeSamples(samples);
    requireOneInterval(from, to);
    double a = within(from[0]);
    double b = within(to[0]);
    Piece piece = cover(Math.min(a, b), Math.max(a, b));
    if (b < a) {
      if (piece != joined) {
        joined.copyFrom(piece);
      }
      joined.turn();
      piece = joined;
    }
    lanes.store(piece.w, increments);
    if (areas != null) {
      lanes.store(piece.h, areas);
    }
  }

  private void takeSamples(long[] samples) {
    if (Arrays.equals(samples, ids)) {
      return;
    }
    recent.clear();
    if (samples.length != ids.length) {
      lanes = new BrownianLanes(samples.length, motions, streams);
      recent = new RecentNumbers(kept, lanes);
      joined = new Piece(lanes.numbers());
    }
    ids = samples.clone();
  }

  private static void requireOneInterval(double[] from, double[] to) {
    if (!Asking.isOneInterval(from, to)) {
      throw new IllegalArgumentException(
          "QueriedInterval: samples ask for different intervals, the first for %s to %s. Have all take the same steps, or use the dyadic BrownianInterval."
              .formatted(from[0], to[0]));
    }
  }

  /** A time of the span; a rounding beyond an end is that end. */
  private double within(double time) {
    double slack = ROUNDING * root.length();
    if (!(time >= root.start - slack && time <= root.end + slack)) {
      throw Asking.outside("QueriedInterval", time, root.start, root.end);
    }
    return Math.min(Math.max(time, root.start), root.end);
  }

  /** The numbers from a time to another that is not before it. */
  private Piece cover(double from, double to) {
    if (from == to) {
      joined.clear();
    }
    double at = from;
    while (at < to) {
      last = longest(last, at, to);
      Piece piece = numbers(last);
      if (at > from) {
        joined.join(piece);
      } else if (last.end == to) {
        return piece;
      } else {
        joined.copyFrom(piece); // the next one may take its place
      }
      at = last.end;
    }
    return joined;
  }

  /** The longest interval from a time that ends at another or before, split off if need be. */
  private SplitSpan longest(SplitSpan from, double at, double to) {
    SplitSpan span = from;
    for (SplitSpan above = span.parent; above != null && !span.contains(at, to); ) {
      span = above;
      above = span.parent;
    }
    while (span.start != at || span.end > to) {
      if (span.isWhole()) {
        split(span, at, to);
      }
      span = at < span.first().end ? span.first() : span.second();
    }
    return span;
  }

  private void split(SplitSpan leaf, double at, double to) {
    double middle = leaf.start + leaf.length() / 2;
    double longestOfSteps = kept / 2.0 * (step > 0 ? step : to - at);
    leaf.halved = leaf.length() > longestOfSteps && middle > leaf.start && middle < leaf.end;
    leaf.split(leaf.halved ? middle : leaf.start < at ? at : to);
  }

  private Piece numbers(SplitSpan span) {
    int depth = 0;
    SplitSpan above = span;
    while (above.slot < 0 && above.parent != null) {
      if (depth == below.length) {
        below = Arrays.copyOf(below, 2 * depth);
      }
      below[depth++] = above;
      above = above.parent;
    }
    if (above.slot < 0) {
      drawn++;
      lanes.draw(above.key, WHOLE, ids, above.length(), recent.claim(above).numbers);
    }
    while (depth > 0) {
      bridge(above);
      above = below[--depth];
    }
    return recent.of(span);
  }

  /**
   * Draws the numbers of both parts. Those of an interval that was split at a question take the
   * place of the whole's, which nothing needs any more while they are there.
   */
  private void bridge(SplitSpan whole) {
    drawn++;
    Piece all = recent.of(whole);
    Piece first = recent.claim(whole.first());
    boolean inPlace = !whole.halved && whole.second().slot < 0;
    Piece second = inPlace ? all : recent.claim(whole.second());
    double l = whole.first().length();
    double q = whole.second().length();
    lanes.split(whole.key, PARTS, ids, l, q, all.numbers, first.numbers, second.numbers);
    if (inPlace) {
      recent.pass(whole, whole.second());
    }
  }

  /** How many intervals have had numbers drawn: what its time grows with. */
  long drawn() {
    return drawn;
  }

  /** How many intervals have their numbers kept. */
  int kept() {
    return recent.kept();
  }
}
