package org.anabranch.gradient;

import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.solver.OwnTimes;
import org.anabranch.solver.Spans;
import org.anabranch.solver.StepTimes;

/**
 * The directions of times and step sizes, of those of the points between which a step lies: the
 * transpose of {@link TimeCotangents}.
 */
final class TimeTangents {
  private final boolean directed;
  private final Buffer time;
  private final Buffer size;
  private final double[] ofTime;
  private final double[] ofSize;
  private double[][] ofPoints = {};
  private int[] next = {};

  TimeTangents(Backend backend, boolean directed, int rows) {
    this.directed = directed;
    time = backend.buffer(OwnTimes.time(), rows);
    size = backend.buffer(OwnTimes.time(), rows);
    ofTime = new double[rows];
    ofSize = new double[rows];
  }

  Map<String, Buffer> buffers() {
    return directed
        ? Map.of(TangentGraph.tangent("t"), time, TangentGraph.tangent("h"), size)
        : Map.of();
  }

  /**
   * @param directions of every point of each sample; empty for none
   */
  void start(Spans spans, double[][] directions) {
    if (directions.length > 0 && !directed) {
      throw new IllegalArgumentException(
          "SolveTangent: directions of times were given, but not demanded. Demand times.");
    }
    ofPoints = directions;
    next = new int[spans.rows()];
    for (int row = 0; row < spans.rows(); row++) {
      next[row] = 1;
      ofTime[row] = directions.length == 0 ? 0 : directions[row][0];
    }
    time.set(ofTime);
    size.fill(0);
  }

  /** To a step of each sample that has it; steps come first to last. */
  void toStep(Spans spans, StepTimes times, int step) {
    if (ofPoints.length == 0) {
      return;
    }
    for (int row = 0; row < spans.rows(); row++) {
      ofTime[row] = 0;
      ofSize[row] = 0;
      if (step < times.steps(row)) {
        double start = times.time(row, step);
        while (start == spans.point(row, next[row])) {
          next[row]++;
        }
        ofTime[row] = at(spans, row, start);
        ofSize[row] = at(spans, row, times.time(row, step + 1)) - ofTime[row];
      }
    }
    time.set(ofTime);
    size.set(ofSize);
  }

  private double at(Spans spans, int row, double at) {
    int q = next[row];
    double from = spans.point(row, q - 1);
    double share = (at - from) / (spans.point(row, q) - from);
    return share * ofPoints[row][q] + (1 - share) * ofPoints[row][q - 1];
  }
}
