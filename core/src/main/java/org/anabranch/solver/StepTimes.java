package org.anabranch.solver;

import java.util.Arrays;

/**
 * The times that each sample's accepted steps start and end at: all that is kept of an adaptive
 * solve for its gradient, 8 bytes a step.
 */
public final class StepTimes {
  private final double[][] times;
  private final int[] steps;

  StepTimes(int rows) {
    times = new double[rows][16];
    steps = new int[rows];
  }

  /** Equal steps of at most a size from point to point of each sample's span. */
  void follow(Spans spans, double largest) {
    for (int row = 0; row < steps.length; row++) {
      start(row, spans.start(row));
      for (int point = 1; point < spans.points(row); point++) {
        double from = spans.point(row, point - 1);
        double to = spans.point(row, point);
        TimeGrid grid = TimeGrid.ofSize(from, to, largest);
        for (int step = 1; from != to && step <= grid.steps(); step++) {
          accept(row, grid.time(step));
        }
      }
    }
  }

  void start(int row, double time) {
    steps[row] = 0;
    times[row][0] = time;
  }

  void accept(int row, double end) {
    steps[row]++;
    if (steps[row] == times[row].length) {
      times[row] = Arrays.copyOf(times[row], 2 * times[row].length);
    }
    times[row][steps[row]] = end;
  }

  /** Sees the samples that stand at a point. */
  public interface PointVisitor {
    void at(int row, int point);
  }

  /**
   * Visits the points between start and end at which samples are after so many of their steps.
   *
   * @param first run once before the first visit, if there is one
   */
  public void atPoints(Spans spans, int step, Runnable first, PointVisitor visitor) {
    boolean any = false;
    for (int row = 0; row < steps.length; row++) {
      int last = spans.points(row) - 1;
      int point = step <= steps[row] ? spans.placeOf(row, times[row][step]) : -1;
      while (point >= 0 && point < last && spans.point(row, point) == times[row][step]) {
        if (point > 0) {
          if (!any) {
            first.run();
            any = true;
          }
          visitor.at(row, point);
        }
        point++;
      }
    }
  }

  public int rows() {
    return steps.length;
  }

  /** The accepted steps of a sample. */
  public int steps(int row) {
    return steps[row];
  }

  /** The accepted steps of the sample that has most. */
  public int steps() {
    int longest = 0;
    for (int count : steps) {
      longest = Math.max(longest, count);
    }
    return longest;
  }

  /** The time after {@code step} steps of a sample. */
  public double time(int row, int step) {
    return times[row][step];
  }

  /** The bytes reserved. */
  public long bytes() {
    return Arrays.stream(times).mapToLong(row -> 8L * row.length).sum();
  }
}
