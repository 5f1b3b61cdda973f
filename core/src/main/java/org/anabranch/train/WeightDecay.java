package org.anabranch.train;

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
    return new WeightDecay(rule.within(from, size), coefficient, Span.inside(spared, from, size));
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    UpdateStep step = new UpdateStep(before);
    Map<String, Value> after = new TreeMap<>(rule.step(before));
    Value decay = step.parameters().times(step.rate().times(coefficient));
    Value felt =
        spared.isEmpty()
            ? decay
            : decay.times(Span.filled(spared, decay.type().shape().size(), 1, span -> 0));
    after.computeIfPresent(PARAMETERS, (name, moved) -> moved.minus(felt));
    return after;
  }
}
