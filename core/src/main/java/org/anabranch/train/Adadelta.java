package org.anabranch.train;

import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Adadelta (Zeiler 2012, arXiv:1212.5701, algorithm 1), with a learning rate that is 1 in the
 * paper.
 *
 * <pre>
 *   v' = ρv + (1−ρ)g²      d = g √(u + ε) / √(v' + ε)      u' = ρu + (1−ρ)d²      θ' = θ − η d
 * </pre>
 *
 * <p>ND4J's AdaDelta is the same rule, and has no learning rate.
 */
record Adadelta(double learningRate, double rho, double epsilon) implements Optimiser {
  private static final String GRADIENTS = "meanSquare";
  private static final String STEPS = "meanSquareStep";

  @Override
  public String name() {
    return "adadelta";
  }

  @Override
  public Map<String, Shape> state(int size) {
    return new TreeMap<>(Map.of(GRADIENTS, Shape.vector(size), STEPS, Shape.vector(size)));
  }

  @Override
  public Map<String, Double> initialState() {
    return Map.of(GRADIENTS, 0.0, STEPS, 0.0);
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    UpdateStep step = new UpdateStep(before);
    Value g = step.gradient();
    Value v = step.average(GRADIENTS, rho, g.times(g));
    Value u = step.state(STEPS);
    Value d = g.times(u.plus(epsilon).sqrt()).dividedBy(v.plus(epsilon).sqrt());
    step.average(STEPS, rho, d.times(d));
    return step.minus(d.times(step.rate()));
  }
}
