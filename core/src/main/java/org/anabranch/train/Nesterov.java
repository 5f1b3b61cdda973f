package org.anabranch.train;

import java.util.Map;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Nesterov's accelerated gradient (Nesterov 1983) in the form whose parameters are the point that
 * looks ahead (Bengio et al. 2013, arXiv:1212.0901, equations 6 and 7).
 *
 * <pre>  v' = μ v − η g      θ' = θ − (μ v − (1+μ) v')  </pre>
 *
 * <p>ND4J's Nesterovs is the same rule.
 */
record Nesterov(double learningRate, double momentum) implements Optimiser {
  private static final String VELOCITY = "velocity";

  @Override
  public String name() {
    return "nesterov";
  }

  @Override
  public Map<String, Shape> state(int size) {
    return Map.of(VELOCITY, Shape.vector(size));
  }

  @Override
  public Map<String, Double> initialState() {
    return Map.of(VELOCITY, 0.0);
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    UpdateStep step = new UpdateStep(before);
    Value kept = step.state(VELOCITY).times(momentum);
    Value v = step.keep(VELOCITY, kept.minus(step.gradient().times(step.rate())));
    return step.minus(kept.minus(v.times(1 + momentum)));
  }
}
