package org.anabranch.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Value;

/**
 * A rule that some parameters follow at another learning rate: PyTorch's parameter groups.
 *
 * @param spans whose rate is multiplied, ascending
 */
record RateFactor(Optimiser rule, double factor, List<WeightDecay.Span> spans)
    implements RuleAround {
  RateFactor {
    spans = List.copyOf(spans);
    if (!(factor >= 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "Rate factor: it is %s; it must not be negative.".formatted(factor));
    }
  }

  @Override
  public RuleAround around(Optimiser other) {
    return new RateFactor(other, factor, spans);
  }

  @Override
  public Optimiser within(int from, int size) {
    return new RateFactor(rule.within(from, size), factor, WeightDecay.inside(spans, from, size));
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    if (spans.isEmpty()) {
      return rule.step(before);
    }
    UpdateStep step = new UpdateStep(before);
    int size = step.parameters().type().shape().size();
    List<Value> parts = new ArrayList<>();
    int next = 0;
    for (WeightDecay.Span span : spans) {
      WeightDecay.fill(1, span.from() - next, parts);
      WeightDecay.fill(factor, span.size(), parts);
      next = span.from() + span.size();
    }
    WeightDecay.fill(1, size - next, parts);
    Map<String, Value> seen = new TreeMap<>(before);
    seen.put(RATE, step.rate().times(Value.concatenate(parts).widened()));
    return rule.step(seen);
  }
}
