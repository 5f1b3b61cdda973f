package org.anabranch.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Constants repeated, cut or put behind one another: constants again. */
final class ConstantShape implements Rule {
  @Override
  public Value rewrite(Value value) {
    Operation operation = value.operation();
    boolean copies =
        operation instanceof Operation.Broadcast
            || operation instanceof Operation.Slice
            || operation instanceof Operation.Concatenate;
    if (!copies) {
      return value;
    }
    List<Double> numbers = new ArrayList<>();
    for (Value operand : operation.operands()) {
      if (!(operand.operation() instanceof Operation.Constant constant)) {
        return value;
      }
      numbers.addAll(constant.values());
    }
    if (operation instanceof Operation.Broadcast broadcast) {
      numbers = Collections.nCopies(broadcast.size(), numbers.get(0));
    } else if (operation instanceof Operation.Slice slice) {
      numbers = numbers.subList(slice.from(), slice.from() + slice.size());
    }
    return Value.of(new Operation.Constant(value.type(), numbers));
  }
}
