package org.anabranch.solver;

import java.util.List;

/**
 * The solution of each sample at the times asked for.
 *
 * @param times as they were given
 * @param values y, [sample][time][component]; NaN at a time that a sample's solve did not reach
 * @param reports how each sample's solve went
 */
public record Trajectory(
    List<Double> times, List<List<List<Double>>> values, List<SampleReport> reports) {
  public Trajectory {
    times = List.copyOf(times);
    values = values.stream().map(one -> one.stream().map(List::copyOf).toList()).toList();
    reports = List.copyOf(reports);
  }

  /** Component {@code component} of sample {@code sample} at the time of a place. */
  public double value(int sample, int place, int component) {
    return values.get(sample).get(place).get(component);
  }
}
