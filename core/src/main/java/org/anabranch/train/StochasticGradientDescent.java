package org.anabranch.train;

import java.util.Map;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Gradient descent with heavy-ball momentum (Polyak 1964).
 *
 * <pre>  b' = μ b + g      θ' = θ − η b'  </pre>
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
  public Graph update(int size) {
    UpdateInputs inputs = new UpdateInputs(size);
    Value direction = inputs.gradient();
    if (momentum != 0) {
      direction = inputs.state("momentum", Shape.vector(size)).times(momentum).plus(direction);
      inputs.output("momentum", direction);
    }
    inputs.output("parameters", inputs.parameters().minus(direction.times(learningRate)));
    return inputs.graph(name());
  }
}
