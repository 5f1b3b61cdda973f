package org.anabranch.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A function of repeated scalars is computed once and repeated: tanh(repeat(s)) is repeat(tanh(s)).
 * A sum over components is no such function, as rounding makes it no multiple.
 */
final class LiftedBroadcast implements Rule {
  @Override
  public Value rewrite(Value value) {
    Operation operation = value.operation();
    boolean elementwise =
        operation instanceof Operation.Unary
            || operation instanceof Operation.Binary
            || operation instanceof Operation.Select
            || operation instanceof Operation.Cast
            || operation instanceof Operation.RoundToGrid
            || operation instanceof Operation.Detach;
    if (!elementwise || value.type().shape().rank() != 1) {
      return value;
    }
    List<Value> scalars = new ArrayList<>();
    boolean repeated = false;
    for (Value operand : operation.operands()) {
      Value scalar = Uniform.scalar(operand);
      if (!scalar.type().shape().isScalar()) {
        return value;
      }
      scalars.add(scalar);
      repeated |= operand.operation() instanceof Operation.Broadcast;
    }
    return repeated
        ? Value.of(operation.withOperands(scalars)).broadcast(value.type().shape().size())
        : value;
  }
}
