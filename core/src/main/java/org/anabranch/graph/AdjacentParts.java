package org.anabranch.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbours in a concatenation become one part where they are one already: slices that follow one
 * another in a vector, one scalar repeated, constants.
 */
final class AdjacentParts implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Concatenate concatenate)) {
      return value;
    }
    List<Value> parts = new ArrayList<>();
    for (Value part : concatenate.parts()) {
      int last = parts.size() - 1;
      Value joined = last < 0 ? part : joined(parts.get(last), part);
      if (last < 0 || joined == part) {
        parts.add(part);
      } else {
        parts.set(last, joined);
      }
    }
    return parts.size() == concatenate.parts().size() ? value : Value.concatenate(parts);
  }

  /** Both as one value; the second where they are not. */
  private static Value joined(Value a, Value b) {
    int size = a.type().shape().size() + b.type().shape().size();
    if (a.operation() instanceof Operation.Slice first
        && b.operation() instanceof Operation.Slice second
        && first.x() == second.x()
        && first.from() + first.size() == second.from()) {
      return first.x().slice(first.from(), size);
    }
    if (a.operation() instanceof Operation.Broadcast first
        && b.operation() instanceof Operation.Broadcast second
        && first.x() == second.x()) {
      return first.x().broadcast(size);
    }
    if (a.operation() instanceof Operation.Constant first
        && b.operation() instanceof Operation.Constant second) {
      List<Double> numbers = new ArrayList<>(first.values());
      numbers.addAll(second.values());
      return Value.of(new Operation.Constant(Type.shared(Shape.vector(size)), numbers));
    }
    return b;
  }
}
