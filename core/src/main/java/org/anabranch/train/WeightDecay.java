package org.anabranch.train;

import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Weight decay beside a rule, not in its gradient (Loshchilov and Hutter 2019, arXiv:1711.05101,
 * algorithm 2 with PyTorch's reading of the coefficient).
 *
 * <pre>  θ' = θ − step(θ, g) − η λ θ  </pre>
 *
 * <p>It is DL4J's WeightDecay with {@code applyLR}. It takes biases as well, as PyTorch's AdamW
 * does; DL4J leaves them out unless it is told otherwise.
 *
 * @param coefficient λ
 */
record WeightDecay(Optimiser rule, double coefficient) implements Optimiser {
  WeightDecay {
    if (!(coefficient >= 0) || Double.isInfinite(coefficient)) {
      throw new IllegalArgumentException(
          "Weight decay: the coefficient is %s; it must not be negative. Use for example 0.01."
              .formatted(coefficient));
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
    UpdateStep step = new UpdateStep(before);
    Map<String, Value> after = new TreeMap<>(rule.step(before));
    Value decay = step.parameters().times(step.rate().times(coefficient));
    after.computeIfPresent(PARAMETERS, (name, moved) -> moved.minus(decay));
    return after;
  }
}
