package org.anabranch.control.brownian;

import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.Normals;
import org.jspecify.annotations.Nullable;

/**
 * Brownian motions that can be asked over any interval of a span, in any order: the path depends on
 * seed and sample alone (the Brownian Interval of Kidger et al. 2021, arXiv:2105.13493, with dyadic
 * splits). The span is halved again and again; a half's increment and space-time area are drawn
 * from those of the whole, by a bridge of Foster's, with numbers of the half's own coordinates. So
 * nothing is kept but the halves that each sample went through last, which the next step mostly
 * shares.
 *
 * <p>Times are those of a grid of 2³² intervals: a time between is taken for the nearest. An
 * interval costs up to 64 halves, a few where it follows the last one.
 */
public final class BrownianInterval implements BrownianMotion {
  /** Of so many samples the last halves are kept. */
  private static final int KEPT = 4096;

  private final Normals normals;
  private final double start;
  private final double end;
  private final int motions;
  private final Map<Long, HalvedSpan> bySample = new HashMap<>();
  private final Piece joined;

  /**
   * @param start of the span
   * @param end after the start
   */
  public BrownianInterval(long seed, double start, double end, int motions) {
    if (!(end > start) || !Double.isFinite(end - start)) {
      throw new IllegalArgumentException(
          "BrownianInterval: the span goes from %s to %s. It must have a finite end after its start."
              .formatted(start, end));
    }
    if (motions < 1) {
      throw new IllegalArgumentException(
          "BrownianInterval: %d motions. Use at least 1.".formatted(motions));
    }
    normals = new Normals(seed);
    this.start = start;
    this.end = end;
    this.motions = motions;
    joined = new Piece(motions);
  }

  @Override
  public int motions() {
    return motions;
  }

  @Override
  public void over(
      long[] samples, double[] from, double[] to, Buffer increments, @Nullable Buffer areas) {
    for (int row = 0; row < samples.length; row++) {
      long a = place(from[row]);
      long b = place(to[row]);
      HalvedSpan span = span(samples[row]);
      span.cover(Math.min(a, b), Math.max(a, b), joined);
      if (b < a) {
        joined.turn();
      }
      increments.setRow(row, joined.w, 0);
      if (areas != null) {
        areas.setRow(row, joined.h, 0);
      }
    }
  }

  private HalvedSpan span(long sample) {
    if (bySample.size() >= KEPT && !bySample.containsKey(sample)) {
      bySample.clear();
    }
    return bySample.computeIfAbsent(
        sample, id -> new HalvedSpan(normals, id, end - start, motions));
  }

  /** The place of a time on the grid; a rounding beyond an end is that end. */
  private long place(double time) {
    double share = (time - start) / (end - start);
    long place = Math.round(share * HalvedSpan.PLACES);
    if (Double.isNaN(share) || place < 0 || place > HalvedSpan.PLACES) {
      throw new IllegalArgumentException(
          "BrownianInterval: %s is not within its span, from %s to %s. Ask within, or make it for a longer span."
              .formatted(time, start, end));
    }
    return place;
  }

  /** How many halves have been drawn: what its time grows with. */
  long halvings() {
    return bySample.values().stream().mapToLong(HalvedSpan::halvings).sum();
  }
}
