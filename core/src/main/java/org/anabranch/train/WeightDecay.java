package org.anabranch.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Value;

/**
 * Weight decay beside a rule, not in its gradient (Loshchilov and Hutter 2019, arXiv:1711.05101,
 * algorithm 2 with PyTorch's reading of the coefficient).
 *
 * <pre>  θ' = θ − step(θ, g) − η λ θ  </pre>
 *
 * <p>It is DL4J's WeightDecay with {@code applyLR}.
 *
 * @param coefficient λ
 * @param spared which parameters do not decay, ascending
 */
record WeightDecay(Optimiser rule, double coefficient, List<Span> spared) implements RuleAround {
  /** Neighbouring parameters of the flat vector. */
  record Span(int from, int size) implements Serializable {
    /**
     * What of it lies in a range, counted from the range's start; its size is 0 or less if none.
     */
    Span within(int start, int length) {
      int first = Math.max(from, start);
      return new Span(first - start, Math.min(from + size, start + length) - first);
    }
  }

  WeightDecay {
    spared = List.copyOf(spared);
    if (!(coefficient >= 0) || Double.isInfinite(coefficient)) {
      throw new IllegalArgumentException(
          "Weight decay: the coefficient is %s; it must not be negative. Use for example 0.01."
              .formatted(coefficient));
    }
  }

  @Override
  public RuleAround around(Optimiser other) {
    return new WeightDecay(other, coefficient, spared);
  }

  @Override
  public Optimiser within(int from, int size) {
    return new WeightDecay(rule.within(from, size), coefficient, inside(spared, from, size));
  }

  /** What of spans lies in a range, counted from the range's start. */
  static List<Span> inside(List<Span> spans, int from, int size) {
    return spans.stream()
        .map(span -> span.within(from, size))
        .filter(span -> span.size() > 0)
        .toList();
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    UpdateStep step = new UpdateStep(before);
    Map<String, Value> after = new TreeMap<>(rule.step(before));
    Value decay = step.parameters().times(step.rate().times(coefficient));
    Value felt =
        spared.isEmpty() ? decay : decay.times(mask(decay.type().shape().size()).widened());
    after.computeIfPresent(PARAMETERS, (name, moved) -> moved.minus(felt));
    return after;
  }

  /** 1 where parameters decay, 0 where they are spared. */
  private Value mask(int size) {
    List<Value> parts = new ArrayList<>();
    int next = 0;
    for (Span span : spared) {
      fill(1, span.from() - next, parts);
      fill(0, span.size(), parts);
      next = span.from() + span.size();
    }
    fill(1, size - next, parts);
    return Value.concatenate(parts);
  }

  static void fill(double value, int size, List<Value> parts) {
    if (size > 0) {
      parts.add(Value.constant(value).broadcast(size));
    }
  }
}
