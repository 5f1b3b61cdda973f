package org.anabranch.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Value;

/**
 * A rule that some parameters follow at another learning rate: PyTorch's parameter groups.
 *
 * @param factor of the learning rate
 * @param spans whose rate it is, ascending
 * @param scheduled whether a schedule moves their rate too
 */
record RateFactor(Optimiser rule, double factor, List<Span> spans, boolean scheduled)
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
    return new RateFactor(other, factor, spans, scheduled);
  }

  @Override
  public Optimiser within(int from, int size) {
    return new RateFactor(
        rule.within(from, size), factor, Span.inside(spans, from, size), scheduled);
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    if (spans.isEmpty()) {
      return rule.step(before);
    }
    UpdateStep step = new UpdateStep(before);
    int size = step.parameters().type().shape().size();
    Value ofSpans = Span.mask(spans, size);
    Value others = Span.filled(spans, size, 1, span -> 0);
    Value rate = step.rate();
    Value own =
        scheduled ? ofSpans.times(factor).times(rate) : ofSpans.times(factor * learningRate());
    Map<String, Value> seen = new TreeMap<>(before);
    seen.put(RATE, others.times(rate).plus(own));
    return rule.step(seen);
  }
}
