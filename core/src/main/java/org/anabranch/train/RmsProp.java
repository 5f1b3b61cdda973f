package org.anabranch.train;

import java.util.Map;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * RMSProp (Tieleman and Hinton 2012, Coursera, lecture 6.5).
 *
 * <pre>  v' = ρv + (1−ρ)g²      θ' = θ − η g / (√v' + ε)  </pre>
 *
 * <p>v starts from ε, as in ND4J's RmsProp, which is the same rule; PyTorch's starts from 0.
 */
record RmsProp(double learningRate, double rho, double epsilon) implements Optimiser {
  private static final String SQUARES = "meanSquare";

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public Map<String, Shape> state(int size) {
    return Map.of(SQUARES, Shape.vector(size));
  }

  @Override
  public Map<String, Double> initialState() {
    return Map.of(SQUARES, epsilon);
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    UpdateStep step = new UpdateStep(before);
    Value g = step.gradient();
    Value v = step.average(SQUARES, rho, g.times(g));
    return step.minus(g.times(step.rate()).dividedBy(v.sqrt().plus(epsilon)));
  }
}
