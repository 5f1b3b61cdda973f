package org.anabranch.train;

import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * A rule that sees every component of the gradient between −limit and limit: DL4J's {@code
 * ClipElementWiseAbsoluteValue}.
 */
record ClippingByValue(Optimiser rule, double limit) implements Optimiser {
  ClippingByValue {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "Clipping by value: the limit is %s; it must be above 0. Leave it out to clip nothing."
              .formatted(limit));
    }
  }

  @Override
  public String name() {
    return rule.name();
  }

  @Override
  public double learningRate() {
    return rule.learningRate();
  }

  @Override
  public Map<String, Shape> state(int size) {
    return rule.state(size);
  }

  @Override
  public Map<String, Double> initialState() {
    return rule.initialState();
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    Map<String, Value> clipped = new TreeMap<>(before);
    clipped.put(GRADIENT, new UpdateStep(before).gradient().clamp(-limit, limit));
    return rule.step(clipped);
  }
}
