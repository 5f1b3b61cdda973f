package org.anabranch.train;

import java.util.Map;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Gradient descent with heavy-ball momentum (Polyak 1964).
 *
 * <pre>  b' = μ b + g      θ' = θ − η b'  </pre>
 *
 * <p>Without momentum it is ND4J's Sgd. ND4J has no heavy ball; its Nesterovs moves a point that
 * looks ahead ({@link Nesterov}), v' = μ v − η g and θ' = θ + (1+μ) v' − μ v. On the same gradients
 * and with a constant η, v = −η b, and θ − μ v is the heavy ball's point at every step. In training
 * the two differ, since gradients are taken where θ is.
 */
record StochasticGradientDescent(double learningRate, double momentum) implements Optimiser {
  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public Map<String, Shape> state(int size) {
    return momentum == 0 ? Map.of() : Map.of("momentum", Shape.vector(size));
  }

  @Override
  public Map<String, Double> initialState() {
    return momentum == 0 ? Map.of() : Map.of("momentum", 0.0);
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    UpdateStep step = new UpdateStep(before);
    Value direction = step.gradient();
    if (momentum != 0) {
      direction = step.keep("momentum", step.state("momentum").times(momentum).plus(direction));
    }
    return step.minus(direction.times(step.rate()));
  }
}
