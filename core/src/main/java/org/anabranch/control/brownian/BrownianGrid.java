package org.anabranch.control.brownian;

import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.Normals;
import org.anabranch.random.Stream;
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
  private final Normals normals;
  private final Piece joined;
  private final Piece next;
  private final long[] one = new long[1];
  private float[] drawn = {};
  private double[] scaled = {};

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
    normals = new Normals(seed);
    joined = new Piece(motions);
    next = new Piece(motions);
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
    if (isOneInterval(from, to)) {
      together(samples, from[0], to[0], increment, area);
      return;
    }
    for (int row = 0; row < samples.length; row++) {
      join(samples[row], from[row], to[row], area != null);
      increment.setRow(row, joined.w, 0);
      if (area != null) {
        area.setRow(row, joined.h, 0);
      }
    }
  }

  /** Whether all samples ask for one and the same interval of the grid. */
  private boolean isOneInterval(double[] from, double[] to) {
    for (int row = 1; row < from.length; row++) {
      if (from[row] != from[0] || to[row] != to[0]) {
        return false;
      }
    }
    return from.length > 0 && Math.abs(place(to[0]) - place(from[0])) == 1;
  }

  private void together(
      long[] samples, double from, double to, Buffer increment, @Nullable Buffer area) {
    int first = Math.min(place(from), place(to));
    double deviation = deviation(first);
    double sign = place(to) > place(from) ? 1 : -1;
    draw(Stream.BROWNIAN, first, samples, sign * deviation);
    increment.set(scaled);
    if (area != null) {
      draw(Stream.BROWNIAN_AREA, first, samples, deviation / Math.sqrt(12));
      area.set(scaled);
    }
  }

  private double deviation(int interval) {
    return Math.sqrt(Math.abs(times[interval + 1] - times[interval]));
  }

  /** To {@link #scaled}, sample by sample. */
  private void draw(Stream stream, int interval, long[] samples, double scale) {
    int length = Normals.length(samples.length, motions);
    if (drawn.length < length) {
      drawn = new float[length];
    }
    if (scaled.length != samples.length * motions) {
      scaled = new double[samples.length * motions];
    }
    normals.draw(stream.id(), interval, samples, motions, drawn);
    int stride = Normals.stride(motions);
    for (int row = 0, i = 0; row < samples.length; row++) {
      for (int motion = 0; motion < motions; motion++, i++) {
        scaled[i] = scale * drawn[row * stride + motion];
      }
    }
  }

  /** The increment and the area of one sample, to {@link #joined}. */
  private void join(long sample, double from, double to, boolean withArea) {
    int a = place(from);
    int b = place(to);
    joined.clear();
    one[0] = sample;
    for (int interval = Math.min(a, b); interval < Math.max(a, b); interval++) {
      Piece piece = interval == Math.min(a, b) ? joined : next;
      piece.length = Math.abs(times[interval + 1] - times[interval]);
      draw(Stream.BROWNIAN, interval, one, deviation(interval));
      System.arraycopy(scaled, 0, piece.w, 0, motions);
      if (withArea) {
        draw(Stream.BROWNIAN_AREA, interval, one, deviation(interval) / Math.sqrt(12));
        System.arraycopy(scaled, 0, piece.h, 0, motions);
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
