package org.anabranch.train;

import java.io.Serializable;
import java.util.Map;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Shape;

/**
 * A rule that turns a gradient into new parameters, as a graph in float64: inputs {@code
 * parameters} and {@code gradient} (both [size]) and its own state by name, outputs the same names
 * without the gradient. It travels to where local steps are taken.
 */
public interface Optimiser extends Serializable {
  /** What a user writes to choose it. */
  String name();

  /** The shapes of its state by name. */
  Map<String, Shape> state(int size);

  /** The numbers that its state starts from, by name: the same for every component. */
  Map<String, Double> initialState();

  Graph update(int size);

  static Optimiser sgd(double learningRate, double momentum) {
    return new StochasticGradientDescent(learningRate, momentum);
  }

  static Optimiser adam(double learningRate, double beta1, double beta2, double epsilon) {
    return new Adam(learningRate, beta1, beta2, epsilon);
  }
}
