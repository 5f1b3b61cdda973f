package org.anabranch.control.brownian;

import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.BrownianLanes;
import org.anabranch.backend.simd.BrownianLanes.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Brownian motions over a grid of times that is known before: the increment of each of its
 * intervals is drawn from (seed, sample, interval, motion), whenever it is asked for, so that
 * nothing is kept. Intervals of several are the sums. Numbers come in float32 from lanes and are
 * scaled in float64: the same on every backend.
 */
public final class BrownianGrid implements BrownianMotion {
  private final double[] times;
  private final int motions;
  private final long seed;
  private final BrownianLanes one;
  private final long[] oneSample = new long[1];
  private final Piece joined;
  private final Piece next;
  private BrownianLanes lanes;
  private Numbers all;

  /**
   * @param times strictly ascending or descending, at least two
   * @throws IllegalArgumentException if they are not
   */
  public BrownianGrid(long seed, double[] times, int motions) {
    this.times = times.clone();
    this.motions = motions;
    requireTimes();
    if (motions < 1) {
      throw new IllegalArgumentException(
          "BrownianGrid: %d motions. Use at least 1.".formatted(motions));
    }
    this.seed = seed;
    one = new BrownianLanes(1, motions, Asking.streams(true));
    joined = new Piece(one.numbers());
    next = new Piece(one.numbers());
    lanes = one;
    all = one.numbers();
  }

  /** The grid of equal intervals from a time to another. */
  public static BrownianGrid equal(
      long seed, double start, double end, int intervals, int motions) {
    if (intervals < 1) {
      throw new IllegalArgumentException(
          "BrownianGrid: %d intervals. Use at least 1.".formatted(intervals));
    }
    double[] times = new double[intervals + 1];
    for (int i = 0; i < intervals; i++) {
      times[i] = start + i * ((end - start) / intervals); // as the times of a solve's grid
    }
    times[intervals] = end;
    return new BrownianGrid(seed, times, motions);
  }

  private void requireTimes() {
    if (times.length < 2) {
      throw new IllegalArgumentException(
          "BrownianGrid: %d times. Give at least its start and its end.".formatted(times.length));
    }
    double direction = Math.signum(times[1] - times[0]);
    for (int i = 1; i < times.length; i++) {
      if (!((times[i] - times[i - 1]) * direction > 0)) {
        throw new IllegalArgumentException(
            "BrownianGrid: time %d is %s after %s. Give times that ascend, or descend, and are finite."
                .formatted(i, times[i], times[i - 1]));
      }
    }
  }

  @Override
  public int motions() {
    return motions;
  }

  @Override
  public void over(
      long[] samples, double[] from, double[] to, Buffer increment, @Nullable Buffer area) {
    if (Asking.isOneInterval(from, to)) {
      int start = place(from[0]);
      int end = place(to[0]);
      if (Math.abs(end - start) == 1) {
        together(samples, start, end, increment, area);
        return;
      }
    }
    for (int row = 0; row < samples.length; row++) {
      join(samples[row], from[row], to[row], area != null);
      increment.setRow(row, joined.w, 0);
      if (area != null) {
        area.setRow(row, joined.h, 0);
      }
    }
  }

  /** One of the grid's intervals, of all samples. */
  private void together(
      long[] samples, int start, int end, Buffer increment, @Nullable Buffer area) {
    if (lanes.samples() != samples.length) {
      lanes = new BrownianLanes(samples.length, motions, Asking.streams(true));
      all = lanes.numbers();
    }
    int first = Math.min(start, end);
    double sign = end > start ? 1 : -1;
    lanes.draw(seed, 0, first, samples, sign * Math.sqrt(length(first)), all.w());
    lanes.store(all.w(), increment);
    if (area != null) {
      lanes.draw(seed, 1, first, samples, Math.sqrt(length(first) / 12), all.h());
      lanes.store(all.h(), area);
    }
  }

  private double length(int interval) {
    return Math.abs(times[interval + 1] - times[interval]);
  }

  /** The increment and the area of one sample, to {@link #joined}. */
  private void join(long sample, double from, double to, boolean withArea) {
    int a = place(from);
    int b = place(to);
    joined.clear();
    oneSample[0] = sample;
    for (int interval = Math.min(a, b); interval < Math.max(a, b); interval++) {
      Piece piece = interval == Math.min(a, b) ? joined : next;
      piece.length = length(interval);
      one.draw(seed, 0, interval, oneSample, Math.sqrt(piece.length), piece.w);
      if (withArea) {
        one.draw(seed, 1, interval, oneSample, Math.sqrt(piece.length / 12), piece.h);
      }
      if (piece == next) {
        joined.join(next);
      }
    }
    if (b < a) {
      joined.turn();
    }
  }

  /** The place of a time on the grid. */
  private int place(double time) {
    double direction = times[1] < times[0] ? -1 : 1;
    int low = 0;
    int high = times.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((time - times[middle]) * direction > 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (times[low] != time) {
      throw new IllegalArgumentException(
          "BrownianGrid: %s is none of its %d times from %s to %s. Take steps of the grid, or a motion that can be asked anywhere, such as the dyadic BrownianInterval."
              .formatted(time, times.length, times[0], times[times.length - 1]));
    }
    return low;
  }
}
