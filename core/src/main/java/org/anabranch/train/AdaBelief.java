package org.anabranch.train;

import java.util.Map;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * AdaBelief (Zhuang et al. 2020, arXiv:2010.07468): Adam with the square of what the average did
 * not foresee in place of the square of the gradient.
 *
 * <pre>
 *   m' = β₁m + (1−β₁)g     s' = β₂s + (1−β₂)(g − m')² + ε     η' = η √(1−β₂ᵗ) / (1−β₁ᵗ)
 *   θ' = θ − η' m' / (√s' + ε)
 * </pre>
 *
 * <p>ND4J's AdaBelief is the same rule.
 */
record AdaBelief(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimiser {
  @Override
  public String name() {
    return "adabelief";
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
    Value surprise = g.minus(m);
    Value forgotten = step.state(Moments.SECOND).times(beta2);
    Value s =
        step.keep(
            Moments.SECOND,
            forgotten.plus(surprise.times(surprise).times(1 - beta2)).plus(epsilon));
    Value rate = new Moments(beta1, beta2).correctedRate(step);
    return step.minus(m.times(rate).dividedBy(s.sqrt().plus(epsilon)));
  }
}
