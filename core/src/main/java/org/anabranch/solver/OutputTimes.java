package org.anabranch.solver;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The times at which a sample's solution is wanted, met in the order of its solve, whatever order
 * they are given in; several may coincide.
 */
final class OutputTimes {
  private final double[] times;
  private final int[] order;
  private int next;

  private OutputTimes(double[] times, int[] order) {
    this.times = times;
    this.order = order;
  }

  /**
   * @throws IllegalArgumentException if a time lies outside the sample's span
   */
  static OutputTimes of(Spans spans, int row, double[] times) {
    double low = Math.min(spans.start(row), spans.end(row));
    double high = Math.max(spans.start(row), spans.end(row));
    for (double time : times) {
      if (!(time >= low && time <= high)) {
        throw new IllegalArgumentException(
            "Output times: sample %d is wanted at %s, its solve goes from %s to %s. Use times between."
                .formatted(row, time, spans.start(row), spans.end(row)));
      }
    }
    double direction = spans.direction(row) < 0 ? -1 : 1;
    int[] order =
        IntStream.range(0, times.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> direction * times[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new OutputTimes(times.clone(), order);
  }

  /** Whether the next one lies in a step that ends at a time, or at its end. */
  boolean isDue(double end, double direction) {
    return next < order.length && (times[order[next]] - end) * direction <= 0;
  }

  double time() {
    return times[order[next]];
  }

  /** The next one's place in the order in which times were given; goes on to the one after it. */
  int take() {
    return order[next++];
  }

  int count() {
    return times.length;
  }
}
