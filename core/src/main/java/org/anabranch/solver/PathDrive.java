package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;

/**
 * Has paths drive steps, in place of Brownian motions: each sample's own, given at some times that
 * all share and straight between them, as in controlled differential equations dz = g(t, z) dX
 * (Kidger et al. 2020, arXiv:2005.08926). Their increments are what a method reads as noise; on the
 * way back the cotangents of the values at the times are added up, for whatever made the path.
 */
public final class PathDrive implements Drive {
  private final double[] times;
  private final boolean withTime;
  private final int width;
  private final List<Buffer> values = new ArrayList<>();
  private final double[][] cotangents;
  private final int rows;
  private final double[] all;
  private final double[] starts;
  private final double[] ends;
  private final double[] row;
  private final double[] before;
  private final double[] after;

  /**
   * @param times strictly ascending, at least two, which steps land on or lie between
   * @param width channels of a path
   * @param withTime whether time is a further channel, before the others
   * @param rows of the tile
   * @throws IllegalArgumentException for other times
   */
  public PathDrive(Backend backend, double[] times, int width, boolean withTime, int rows) {
    this.times = times.clone();
    this.width = width;
    this.withTime = withTime;
    for (int i = 0; i < times.length; i++) {
      if (!Double.isFinite(times[i]) || (i > 0 && times[i] <= times[i - 1])) {
        throw new IllegalArgumentException(
            "PathDrive: time %d is %s. Give finite times that ascend.".formatted(i, times[i]));
      }
      values.add(backend.buffer(Type.perSample(width), rows));
    }
    if (times.length < 2) {
      throw new IllegalArgumentException(
          "PathDrive: %d times. Give at least start and end.".formatted(times.length));
    }
    cotangents = new double[times.length][rows * width];
    this.rows = rows;
    all = new double[rows * channels()];
    starts = new double[rows * width];
    ends = new double[rows * width];
    row = new double[channels()];
    before = new double[width];
    after = new double[width];
  }

  /** The number of increments of a step: what the field has as motions. */
  public int channels() {
    return width + (withTime ? 1 : 0);
  }

  /** The paths at a time, to be set before a solve: [rows x width]. */
  public Buffer value(int time) {
    return values.get(time);
  }

  /** Sets a buffer to the cotangents of {@link #value} after the way back: [rows x width]. */
  public void cotangent(int time, Buffer target) {
    target.set(cotangents[time]);
  }

  @Override
  public Map<String, Type> inputs() {
    return Map.of(BrownianNeed.INCREMENT_NAME, Type.perSample(channels()));
  }

  @Override
  public void supply(int[] samples, double[] from, double[] to, Map<String, Buffer> target) {
    Buffer increments = Objects.requireNonNull(target.get(BrownianNeed.INCREMENT_NAME));
    if (samples.length == rows && isBetweenKnots(samples, rows, from, to)) {
      supplyAll(from[0], to[0], increments);
      return;
    }
    int first = withTime ? 1 : 0;
    for (int slot = 0; slot < samples.length; slot++) {
      Arrays.fill(row, 0);
      add(samples[slot], to[slot], 1, first);
      add(samples[slot], from[slot], -1, first);
      if (withTime) {
        row[0] = to[slot] - from[slot];
      }
      increments.setRow(slot, row, 0);
    }
  }

  /** Whether the whole tile, in its order, has one step from one of the times to another. */
  private boolean isBetweenKnots(int[] samples, int count, double[] from, double[] to) {
    for (int slot = 0; slot < count; slot++) {
      if (samples[slot] != slot || from[slot] != from[0] || to[slot] != to[0]) {
        return false;
      }
    }
    return count == rows
        && Arrays.binarySearch(times, from[0]) >= 0
        && Arrays.binarySearch(times, to[0]) >= 0;
  }

  private void supplyAll(double from, double to, Buffer increments) {
    values.get(Arrays.binarySearch(times, from)).get(starts);
    values.get(Arrays.binarySearch(times, to)).get(ends);
    int first = withTime ? 1 : 0;
    for (int sample = 0, at = 0; sample < rows; sample++) {
      if (withTime) {
        all[at] = to - from;
      }
      for (int i = 0; i < width; i++) {
        all[at + first + i] = ends[sample * width + i] - starts[sample * width + i];
      }
      at += channels();
    }
    increments.set(all);
  }

  /** Adds a sample's value at a time to {@link #row}, with a sign. */
  private void add(int sample, double time, double sign, int first) {
    int at = place(time);
    double share = share(at, time);
    values.get(at).getRow(sample, before, 0);
    values.get(at + 1).getRow(sample, after, 0);
    for (int i = 0; i < width; i++) {
      double value = share == 0 ? before[i] : (1 - share) * before[i] + share * after[i];
      row[first + i] += sign * value;
    }
  }

  @Override
  public boolean takesCotangents() {
    return true;
  }

  @Override
  public void startBack() {
    for (double[] each : cotangents) {
      Arrays.fill(each, 0);
    }
  }

  @Override
  public void take(
      int[] samples, int count, double[] from, double[] to, String input, Buffer taken) {
    if (isBetweenKnots(samples, count, from, to)) {
      takeAll(Arrays.binarySearch(times, from[0]), Arrays.binarySearch(times, to[0]), taken);
      return;
    }
    for (int i = 0; i < count; i++) {
      taken.getRow(samples[i], row, 0);
      give(samples[i], to[i], 1);
      give(samples[i], from[i], -1);
    }
  }

  private void takeAll(int from, int to, Buffer taken) {
    taken.get(all);
    int first = withTime ? 1 : 0;
    for (int sample = 0; sample < rows; sample++) {
      for (int i = 0; i < width; i++) {
        double cotangent = all[sample * channels() + first + i];
        cotangents[to][sample * width + i] += cotangent;
        cotangents[from][sample * width + i] -= cotangent;
      }
    }
  }

  private void give(int sample, double time, double sign) {
    int at = place(time);
    double share = share(at, time);
    int first = withTime ? 1 : 0;
    for (int i = 0; i < width; i++) {
      cotangents[at][sample * width + i] += sign * (1 - share) * row[first + i];
      cotangents[at + 1][sample * width + i] += sign * share * row[first + i];
    }
  }

  private double share(int place, double time) {
    return (time - times[place]) / (times[place + 1] - times[place]);
  }

  /** The interval that a time lies in. */
  private int place(double time) {
    int last = times.length - 1;
    if (!(time >= times[0] && time <= times[last])) {
      throw new IllegalArgumentException(
          "PathDrive: %s lies outside its times, from %s to %s. Let the solve go over them."
              .formatted(time, times[0], times[last]));
    }
    int found = Arrays.binarySearch(times, time);
    return Math.min(found < 0 ? -found - 2 : found, last - 1);
  }
}
