package org.anabranch.control.brownian;

import java.util.Arrays;
import org.anabranch.backend.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A path of each sample that is given at some times and straight between them, in place of a
 * Brownian motion: increments recorded elsewhere, a path made by hand, data. Its increments and
 * space-time areas are exact for that path, over any interval of its times, those of the samples
 * differing or not.
 */
public final class GivenMotion implements BrownianMotion {
  private final double[] times;
  private final double[][] values;
  private final int motions;

  /** The integral of each sample's path from its first time, at each time. */
  private final double[][] integrals;

  /**
   * @param times strictly ascending, at least two
   * @param paths [sample][time][motion]; sample i is the one of id i
   * @throws IllegalArgumentException for other times, paths of other lengths, or numbers that are
   *     not finite: with sample, time and value
   */
  public GivenMotion(double[] times, double[][][] paths) {
    this.times = times.clone();
    requireTimes();
    if (paths.length == 0 || paths[0].length == 0 || paths[0][0].length == 0) {
      throw new IllegalArgumentException(
          "GivenMotion: no path, or one without times or motions. Give each sample its values at every time.");
    }
    motions = paths[0][0].length;
    values = new double[paths.length][times.length * motions];
    integrals = new double[paths.length][times.length * motions];
    for (int sample = 0; sample < paths.length; sample++) {
      take(sample, paths[sample]);
    }
  }

  private void requireTimes() {
    if (times.length < 2) {
      throw new IllegalArgumentException(
          "GivenMotion: %d times. Give at least its start and its end.".formatted(times.length));
    }
    for (int i = 0; i < times.length; i++) {
      boolean later = i == 0 ? times[0] > Double.NEGATIVE_INFINITY : times[i] > times[i - 1];
      if (!later || !(times[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "GivenMotion: time %d is %s, %s. Give times that ascend and are finite."
                .formatted(i, times[i], i == 0 ? "the first" : "after " + times[i - 1]));
      }
    }
  }

  private void take(int sample, double[][] path) {
    if (path.length != times.length) {
      throw new IllegalArgumentException(
          "GivenMotion: the path of sample %d has values at %d times, of %d."
              .formatted(sample, path.length, times.length));
    }
    double[] all = values[sample];
    double[] integral = integrals[sample];
    for (int i = 0; i < times.length; i++) {
      if (path[i].length != motions) {
        throw new IllegalArgumentException(
            "GivenMotion: sample %d has %d motions at time %d, sample 0 has %d."
                .formatted(sample, path[i].length, i, motions));
      }
      for (int m = 0; m < motions; m++) {
        double value = path[i][m];
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(
              "GivenMotion: motion %d of sample %d is %s at time %d. Fill or drop what is missing."
                  .formatted(m, sample, value, i));
        }
        int at = i * motions + m;
        all[at] = value;
        if (i > 0) {
          double mean = (all[at - motions] + value) / 2;
          integral[at] = integral[at - motions] + (times[i] - times[i - 1]) * mean;
        }
      }
    }
  }

  @Override
  public int motions() {
    return motions;
  }

  /**
   * @throws IllegalArgumentException also for a sample without a path
   */
  @Override
  public void over(
      long[] samples, double[] from, double[] to, Buffer increments, @Nullable Buffer areas) {
    double[] w = new double[motions];
    double[] h = new double[motions];
    for (int row = 0; row < samples.length; row++) {
      if (samples[row] < 0 || samples[row] >= values.length) {
        throw new IllegalArgumentException(
            "GivenMotion: sample %d has no path; there are those of samples 0 to %d."
                .formatted(samples[row], values.length - 1));
      }
      over((int) samples[row], from[row], to[row], w, h);
      increments.setRow(row, w, 0);
      if (areas != null) {
        areas.setRow(row, h, 0);
      }
    }
  }

  private void over(int sample, double from, double to, double[] w, double[] h) {
    int first = before(from);
    int second = before(to);
    for (int m = 0; m < motions; m++) {
      double start = value(sample, first, from, m);
      double end = value(sample, second, to, m);
      w[m] = end - start;
      double area = integral(sample, second, to, m) - integral(sample, first, from, m);
      h[m] = from == to ? 0 : area / (to - from) - (start + end) / 2;
    }
  }

  private double value(int sample, int interval, double time, int motion) {
    double[] path = values[sample];
    int at = interval * motions + motion;
    double share = (time - times[interval]) / (times[interval + 1] - times[interval]);
    return share == 1 ? path[at + motions] : path[at] + share * (path[at + motions] - path[at]);
  }

  private double integral(int sample, int interval, double time, int motion) {
    int at = interval * motions + motion;
    double mean = (values[sample][at] + value(sample, interval, time, motion)) / 2;
    return integrals[sample][at] + (time - times[interval]) * mean;
  }

  /** The interval of the times that a time lies in. */
  private int before(double time) {
    int last = times.length - 1;
    if (!(time >= times[0] && time <= times[last])) {
      throw Asking.outside("GivenMotion", time, times[0], times[last]);
    }
    int found = Arrays.binarySearch(times, time);
    return Math.min(found < 0 ? -found - 2 : found, last - 1);
  }
}
