package org.anabranch.nn;

import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;

/** What stands between two linear layers. */
public enum Activation {
  TANH(UnaryFunction.TANH),
  SIGMOID(UnaryFunction.SIGMOID),
  SOFTPLUS(UnaryFunction.SOFTPLUS),
  RELU(UnaryFunction.RELU);

  private final UnaryFunction function;

  Activation(UnaryFunction function) {
    this.function = function;
  }

  public Value apply(Value x) {
    return x.unary(function);
  }
}
