package org.anabranch.control.brownian;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.BrownianLanes;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brownian motions that can be asked over any interval of a span, in any order: the path depends on
 * seed and sample alone (the Brownian Interval of Kidger et al. 2021, arXiv:2105.13493, with dyadic
 * splits). The span is halved again and again; a half's numbers are drawn from those of the whole,
 * with noise of the half's own coordinates. So nothing is kept but the halves that were gone
 * through last, which the next step mostly shares.
 *
 * <p>Times are those of a grid of 2³² intervals: a time between is taken for the nearest. An
 * interval costs up to 64 halves, some 32 - log₂ N where it is the next of N steps. Samples that
 * all ask for one interval go through it together, others one by one.
 */
public final class BrownianInterval implements BrownianMotion {
  /** What single samples keep: beyond that all is drawn anew. */
  private static final long MOST_BYTES = 64L << 20;

  private final long[] keys = new long[HalvedSpan.LEVELS + 1];
  private final double start;
  private final double end;
  private final int motions;
  private final int[] streams;
  private final BrownianLanes one;
  private final Map<Long, HalvedSpan> alone = new LinkedHashMap<>();
  private final int mostAlone;
  private final Piece joinedAlone;
  private BrownianLanes lanes;
  private @Nullable HalvedSpan together;
  private Piece joined;

  /** With space-time areas. */
  public BrownianInterval(long seed, double start, double end, int motions) {
    this(seed, start, end, motions, true);
  }

  /**
   * @param start of the span
   * @param end after the start
   * @param withAreas whether space-time areas can be asked for: without, it takes half the time, on
   *     another path
   */
  public BrownianInterval(long seed, double start, double end, int motions, boolean withAreas) {
    Asking.requireSpan("BrownianInterval", start, end, motions);
    this.start = start;
    this.end = end;
    this.motions = motions;
    for (int level = 0; level < keys.length; level++) {
      keys[level] = CounterRandom.bits(seed, Stream.BROWNIAN, 1, level, 0);
    }
    streams = Asking.streams(withAreas);
    one = new BrownianLanes(1, motions, streams);
    joinedAlone = new Piece(one.numbers());
    joined = joinedAlone;
    lanes = one;
    mostAlone = (int) Math.max(1, MOST_BYTES / (2 * HalvedSpan.LEVELS * joinedAlone.bytes()));
  }

  @Override
  public int motions() {
    return motions;
  }

  /**
   * @throws IllegalArgumentException also if areas are wanted of a motion made without
   */
  @Override
  public void over(
      long[] samples, double[] from, double[] to, Buffer increments, @Nullable Buffer areas) {
    Asking.requireAreas("BrownianInterval", areas == null || streams.length > 1);
    if (samples.length > 1 && Asking.isOneInterval(from, to)) {
      allOver(samples, from[0], to[0], increments, areas);
      return;
    }
    for (int row = 0; row < samples.length; row++) {
      cover(alone(samples[row]), from[row], to[row], joinedAlone);
      increments.setRow(row, joinedAlone.w, 0);
      if (areas != null) {
        areas.setRow(row, joinedAlone.h, 0);
      }
    }
  }

  private void allOver(
      long[] samples, double from, double to, Buffer increments, @Nullable Buffer areas) {
    if (together == null || !together.isOf(samples)) {
      lanes = new BrownianLanes(samples.length, motions, streams);
      together = new HalvedSpan(lanes, keys, samples, end - start);
      joined = new Piece(lanes.numbers());
    }
    cover(together, from, to, joined);
    lanes.store(joined.w, increments);
    if (areas != null) {
      lanes.store(joined.h, areas);
    }
  }

  private void cover(HalvedSpan span, double from, double to, Piece target) {
    long a = place(from);
    long b = place(to);
    span.cover(Math.min(a, b), Math.max(a, b), target);
    if (b < a) {
      target.turn();
    }
  }

  private HalvedSpan alone(long sample) {
    HalvedSpan known = alone.get(sample);
    if (known != null) {
      return known;
    }
    if (alone.size() >= mostAlone) {
      alone.clear();
    }
    HalvedSpan span = new HalvedSpan(one, keys, new long[] {sample}, end - start);
    alone.put(sample, span);
    return span;
  }

  /** The place of a time on the grid; a rounding beyond an end is that end. */
  private long place(double time) {
    double share = (time - start) / (end - start);
    long place = Math.round(share * HalvedSpan.PLACES);
    if (Double.isNaN(share) || place < 0 || place > HalvedSpan.PLACES) {
      throw Asking.outside("BrownianInterval", time, start, end);
    }
    return place;
  }

  /** How many halves have been drawn: what its time grows with. */
  long halvings() {
    long all = together == null ? 0 : together.halvings();
    return all + alone.values().stream().mapToLong(HalvedSpan::halvings).sum();
  }
}
