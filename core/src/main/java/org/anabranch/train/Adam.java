package org.anabranch.train;

import java.util.Map;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980, the efficient form at the end of section 2).
 *
 * <pre>
 *   m' = β₁m + (1−β₁)g     v' = β₂v + (1−β₂)g²     η' = η √(1−β₂ᵗ) / (1−β₁ᵗ)
 *   θ' = θ − η' m' / (√v' + ε)
 * </pre>
 *
 * <p>ND4J's Adam is the same rule; its ε, too, stands outside the bias correction.
 */
record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Optimiser {
  @Override
  public String name() {
    return "adam";
  }

  @Override
  public Map<String, Shape> state(int size) {
    return Moments.shapes(size);
  }

  @Override
  public Map<String, Double> initialState() {
    return Moments.start();
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    UpdateStep step = new UpdateStep(before);
    Value g = step.gradient();
    Value m = step.average(Moments.FIRST, beta1, g);
    Value v = step.average(Moments.SECOND, beta2, g.times(g));
    Value rate = new Moments(beta1, beta2).correctedRate(step);
    return step.minus(m.times(rate).dividedBy(v.sqrt().plus(epsilon)));
  }
}
