package org.anabranch.model.paths.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;

/**
 * Paths at some of their times, as scores read them: each channel less the mean and by the
 * deviation of real data, missing values on the straight line between their neighbours at those
 * times, values before the first and after the last known one equal to it, and 0 where a path has
 * none.
 */
final class ReadPaths {
  private final double[] times;
  private final int width;
  private final int size;
  private final double[] values;
  private final BitSet known = new BitSet();

  private ReadPaths(double[] times, int width, int size) {
    this.times = times;
    this.width = width;
    this.size = size;
    values = new double[size * times.length * width];
  }

  /** All times. */
  static ReadPaths of(PathSet paths, ChannelScales scales) {
    return of(paths, scales, IntStream.range(0, paths.shape().length()).toArray());
  }

  /**
   * Some times.
   *
   * @param picked numbers of times, ascending
   */
  static ReadPaths of(PathSet paths, ChannelScales scales, int[] picked) {
    PathShape shape = paths.shape();
    double[] times = Arrays.stream(picked).mapToDouble(i -> shape.times().get(i)).toArray();
    ReadPaths read = new ReadPaths(times, shape.width(), paths.size());
    double[] line = new double[picked.length];
    for (int path = 0; path < paths.size(); path++) {
      for (int channel = 0; channel < shape.width(); channel++) {
        for (int i = 0; i < picked.length; i++) {
          double value = paths.value(path, picked[i], channel);
          line[i] = (value - scales.means().get(channel)) / scales.deviations().get(channel);
        }
        read.take(path, channel, line);
      }
    }
    return read;
  }

  private void take(int path, int channel, double[] line) {
    for (int time = 0; time < line.length; time++) {
      known.set(place(path, time, channel), !Double.isNaN(line[time]));
    }
    fill(times, line);
    for (int time = 0; time < line.length; time++) {
      values[place(path, time, channel)] = line[time];
    }
  }

  private static void fill(double[] times, double[] line) {
    int last = -1;
    for (int i = 0; i < line.length; i++) {
      if (Double.isNaN(line[i])) {
        continue;
      }
      for (int gap = last + 1; gap < i; gap++) {
        line[gap] = last < 0 ? line[i] : between(times, line, last, gap, i);
      }
      last = i;
    }
    Arrays.fill(line, last + 1, line.length, last < 0 ? 0 : line[last]);
  }

  private static double between(double[] times, double[] line, int from, int at, int to) {
    double share = (times[at] - times[from]) / (times[to] - times[from]);
    return (1 - share) * line[from] + share * line[to];
  }

  /** Mean and deviation of each channel over all paths and times; 1 where it does not vary. */
  static ChannelScales scales(PathSet paths) {
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    int length = paths.shape().length();
    for (int channel = 0; channel < paths.shape().width(); channel++) {
      int of = channel;
      double[] all =
          IntStream.range(0, paths.size() * length)
              .mapToDouble(i -> paths.value(i / length, i % length, of))
              .filter(Double::isFinite)
              .toArray();
      double mean = Arrays.stream(all).average().orElse(0);
      double variance = Arrays.stream(all).map(x -> (x - mean) * (x - mean)).average().orElse(0);
      means.add(mean);
      deviations.add(variance > 0 ? Math.sqrt(variance) : 1);
    }
    return new ChannelScales(means, deviations);
  }

  /** As many numbers of times as wanted or there are, from the first to the last, even apart. */
  static int[] evenly(int length, int most) {
    int count = Math.min(length, most);
    return IntStream.range(0, count)
        .map(i -> count == 1 ? 0 : (int) Math.round((double) i * (length - 1) / (count - 1)))
        .toArray();
  }

  int size() {
    return size;
  }

  /** The number of times. */
  int length() {
    return times.length;
  }

  /** The number of channels. */
  int width() {
    return width;
  }

  private int place(int path, int time, int channel) {
    return (path * times.length + time) * width + channel;
  }

  double value(int path, int time, int channel) {
    return values[place(path, time, channel)];
  }

  /** Whether a value was there, rather than filled in. */
  boolean isKnown(int path, int time, int channel) {
    return known.get(place(path, time, channel));
  }

  /** A time as a share of the way from the first to the last. */
  double share(int time) {
    return (times[time] - times[0]) / (times[times.length - 1] - times[0]);
  }
}
