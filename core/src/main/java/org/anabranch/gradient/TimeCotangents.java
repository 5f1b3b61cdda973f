package org.anabranch.gradient;

import org.anabranch.solver.Spans;
import org.anabranch.solver.StepTimes;

/**
 * The cotangents of the points of each sample's span. Between two points the grid of a solve is
 * frozen and moves with both, τ = P + α (Q − P): a step's cotangents of its time and size reach the
 * points by α.
 */
final class TimeCotangents {
  private double[][] byPoint = {};
  private int[] next = {};

  void start(Spans spans) {
    byPoint = new double[spans.rows()][];
    next = new int[spans.rows()];
    for (int row = 0; row < spans.rows(); row++) {
      byPoint[row] = new double[spans.points(row)];
      next[row] = spans.points(row) - 1;
    }
  }

  /** Takes the cotangents of time and size of a sample's step; steps come last first. */
  void step(Spans spans, StepTimes times, int row, int step, double byTime, double bySize) {
    double start = times.time(row, step);
    double end = times.time(row, step + 1);
    while (next[row] > 1 && end == spans.point(row, next[row] - 1)) {
      next[row]--;
    }
    add(spans, row, start, byTime - bySize);
    add(spans, row, end, bySize);
  }

  private void add(Spans spans, int row, double time, double cotangent) {
    int q = next[row];
    double from = spans.point(row, q - 1);
    double share = (time - from) / (spans.point(row, q) - from);
    byPoint[row][q] += share * cotangent;
    byPoint[row][q - 1] += (1 - share) * cotangent;
  }

  void addToStart(int row, double cotangent) {
    addTo(row, 0, cotangent);
  }

  void addTo(int row, int point, double cotangent) {
    byPoint[row][point] += cotangent;
  }

  double of(int row, int point) {
    return byPoint[row][point];
  }
}
