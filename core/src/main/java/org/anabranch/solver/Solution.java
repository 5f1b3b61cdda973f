package org.anabranch.solver;

import java.util.List;

/**
 * The end of a solve, sample by sample.
 *
 * @param values y at the end time, [samples × dim]
 * @param outcomes how each sample ended
 */
public record Solution(List<List<Double>> values, List<Outcome> outcomes) {
  public Solution {
    values = values.stream().map(List::copyOf).toList();
    outcomes = List.copyOf(outcomes);
  }

  /** Component {@code component} of sample {@code sample}. */
  public double value(int sample, int component) {
    return values.get(sample).get(component);
  }
}
