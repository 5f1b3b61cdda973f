package org.anabranch.solver;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;

/**
 * Where each sample's solve starts and ends, and the times between that its steps must land on: the
 * dose of a patient, the times of a ragged series. A solve may go back in time or have no length.
 */
public final class Spans {
  private final double[][] points;

  private Spans(double[][] points) {
    this.points = points;
  }

  /**
   * The same times for all samples.
   *
   * @param times the start, times to land on, the end: strictly ascending or descending, or twice
   *     the same for a solve without length
   */
  public static Spans same(int rows, double... times) {
    double[] checked = checked(0, times);
    double[][] points = new double[rows][];
    Arrays.fill(points, checked);
    return new Spans(points);
  }

  /**
   * Times of each sample's own.
   *
   * @param times for each sample as in {@link #same}
   */
  public static Spans own(double[][] times) {
    double[][] points = new double[times.length][];
    for (int row = 0; row < times.length; row++) {
      points[row] = checked(row, times[row]);
    }
    return new Spans(points);
  }

  private static double[] checked(int row, double[] times) {
    if (times.length < 2) {
      throw new IllegalArgumentException(
          "Spans: sample %d has %d times. Give at least a start and an end."
              .formatted(row, times.length));
    }
    boolean still = times.length == 2 && times[0] == times[1];
    double direction = Math.signum(times[1] - times[0]);
    for (int i = 0; i < times.length; i++) {
      if (!Double.isFinite(times[i])) {
        throw new IllegalArgumentException(
            "Spans: time %d of sample %d is %s. Times must be finite.".formatted(i, row, times[i]));
      }
      if (i > 0 && !still && !((times[i] - times[i - 1]) * direction > 0)) {
        throw new IllegalArgumentException(
            "Spans: sample %d goes from %s over %s. Times must strictly ascend or strictly descend."
                .formatted(row, times[i - 1], times[i]));
      }
    }
    if (!Double.isFinite(times[times.length - 1] - times[0])) {
      throw new IllegalArgumentException(
          "Spans: sample %d goes from %s to %s, and the difference is no float64 number. Scale time down."
              .formatted(row, times[0], times[times.length - 1]));
    }
    return times.clone();
  }

  /** The same spans with more points to land on; those outside a span or at a point add none. */
  Spans landingOn(IntFunction<double[]> times) {
    double[][] all = new double[points.length][];
    for (int row = 0; row < all.length; row++) {
      double direction = direction(row);
      double low = Math.min(start(row), end(row));
      double high = Math.max(start(row), end(row));
      DoubleStream within =
          Arrays.stream(times.apply(row)).filter(time -> time > low && time < high);
      all[row] =
          direction == 0
              ? points[row]
              : DoubleStream.concat(Arrays.stream(points[row]), within)
                  .map(time -> direction * time + 0.0) // of the two zeros one
                  .sorted()
                  .distinct()
                  .map(time -> direction * time)
                  .toArray();
    }
    return new Spans(all);
  }

  /** The place of a time among a sample's points; −1 if it is none. */
  int placeOf(int row, double time) {
    for (int point = 0; point < points[row].length; point++) {
      if (points[row][point] == time) {
        return point;
      }
    }
    return -1;
  }

  public int rows() {
    return points.length;
  }

  /** The times of a sample that steps land on, start and end included. */
  public int points(int row) {
    return points[row].length;
  }

  public double point(int row, int point) {
    return points[row][point];
  }

  public double start(int row) {
    return points[row][0];
  }

  public double end(int row) {
    return points[row][points[row].length - 1];
  }

  /** 1 forwards, −1 backwards, 0 for a solve without length. */
  double direction(int row) {
    return Math.signum(end(row) - start(row));
  }
}
