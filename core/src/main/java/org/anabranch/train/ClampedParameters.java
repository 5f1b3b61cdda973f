package org.anabranch.train;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Value;

/**
 * A rule after whose steps some parameters are brought back to between −limit and limit: the
 * "careful clipping" by which a discriminator keeps its Lipschitz constant (Kidger et al. 2021,
 * arXiv:2105.13493, section 5).
 *
 * @param limits of neighbouring parameters, ascending; others are free
 */
record ClampedParameters(Optimiser rule, List<Limit> limits) implements RuleAround {
  private static final double FREE = Float.MAX_VALUE;

  /**
   * @param limit above 0; in float32 it is the next number below
   */
  record Limit(Span span, double limit) implements Serializable {
    Limit {
      if (!(limit > 0) || Double.isInfinite(limit)) {
        throw new IllegalArgumentException(
            "Clamped parameters: the limit is %s; it must be above 0 and finite.".formatted(limit));
      }
    }
  }

  ClampedParameters {
    limits = List.copyOf(limits);
  }

  @Override
  public RuleAround around(Optimiser other) {
    return new ClampedParameters(other, limits);
  }

  @Override
  public Optimiser within(int from, int size) {
    List<Limit> inside =
        limits.stream()
            .map(each -> new Limit(each.span().within(from, size), each.limit()))
            .filter(each -> each.span().size() > 0)
            .toList();
    return new ClampedParameters(rule.within(from, size), inside);
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    Map<String, Value> after = new TreeMap<>(rule.step(before));
    if (!limits.isEmpty()) {
      int size = new UpdateStep(before).parameters().type().shape().size();
      Value bounds = bounds(size);
      after.computeIfPresent(
          PARAMETERS, (name, moved) -> moved.minimum(bounds).maximum(bounds.negated()));
    }
    return after;
  }

  private Value bounds(int size) {
    List<Span> spans = limits.stream().map(Limit::span).toList();
    return Span.filled(spans, size, FREE, i -> atMost(limits.get(i).limit()));
  }

  /** Constants are float32: none is above its limit. */
  private static double atMost(double limit) {
    float rounded = (float) limit;
    return rounded > limit ? Math.nextDown(rounded) : rounded;
  }
}
