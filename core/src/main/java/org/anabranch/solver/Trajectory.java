package org.anabranch.solver;

import java.util.List;

/**
 * The solution of each sample at the times asked for.
 *
 * @param times as they were given
 * @param values y, [sample][time][component]; NaN at a time that a sample's solve did not reach
 * @param events that were met, in the order of each sample's solve
 * @param reports how each sample's solve went
 */
public record Trajectory(
    List<Double> times,
    List<List<List<Double>>> values,
    List<Occurrence> events,
    List<SampleReport> reports) {
  /**
   * An event met by a sample.
   *
   * @param event its place among those looked for
   * @param value y there
   */
  public record Occurrence(int sample, int event, double time, List<Double> value) {
    public Occurrence {
      value = List.copyOf(value);
    }
  }

  public Trajectory {
    events = List.copyOf(events);
    times = List.copyOf(times);
    values = values.stream().map(one -> one.stream().map(List::copyOf).toList()).toList();
    reports = List.copyOf(reports);
  }

  /** Component {@code component} of sample {@code sample} at the time of a place. */
  public double value(int sample, int place, int component) {
    return values.get(sample).get(place).get(component);
  }
}
