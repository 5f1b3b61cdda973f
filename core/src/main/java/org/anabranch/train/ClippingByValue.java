package org.anabranch.train;

import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Value;

/**
 * A rule that sees every component of the gradient between −limit and limit: DL4J's {@code
 * ClipElementWiseAbsoluteValue}.
 */
record ClippingByValue(Optimiser rule, double limit) implements RuleAround {
  ClippingByValue {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "Clipping by value: the limit is %s; it must be above 0. Leave it out to clip nothing."
              .formatted(limit));
    }
  }

  @Override
  public RuleAround around(Optimiser other) {
    return new ClippingByValue(other, limit);
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    Map<String, Value> clipped = new TreeMap<>(before);
    clipped.put(GRADIENT, new UpdateStep(before).gradient().clamp(-limit, limit));
    return rule.step(clipped);
  }
}
