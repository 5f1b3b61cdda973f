package org.anabranch.nn;

import java.util.function.UnaryOperator;
import org.anabranch.graph.Value;

/** What stands between two linear layers. */
public enum Activation {
  TANH(Value::tanh),
  SIGMOID(Value::sigmoid),
  SOFTPLUS(Value::softplus),
  RELU(Value::relu),
  SIN(Value::sin),
  /** x·sigmoid(x), also called SiLU. */
  SWISH(Value::swish),
  /** 0.909·x·sigmoid(x): its slope is at most 1. */
  LIP_SWISH(Value::lipSwish),
  ELU(Value::elu),
  /** x·Φ(x), exactly. */
  GELU(Value::gelu);

  @SuppressWarnings("ImmutableEnumChecker") // method references without state
  private final UnaryOperator<Value> function;

  Activation(UnaryOperator<Value> function) {
    this.function = function;
  }

  public Value apply(Value x) {
    return function.apply(x);
  }
}
