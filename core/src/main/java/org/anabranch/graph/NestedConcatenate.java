package org.anabranch.graph;

import java.util.ArrayList;
import java.util.List;

/** Vectors of vectors one behind the other are vectors one behind the other. */
final class NestedConcatenate implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Concatenate outer)) {
      return value;
    }
    if (outer.parts().size() == 1) {
      return outer.parts().get(0);
    }
    List<Value> parts = new ArrayList<>();
    for (Value part : outer.parts()) {
      if (part.operation() instanceof Operation.Concatenate inner) {
        parts.addAll(inner.parts());
      } else {
        parts.add(part);
      }
    }
    return parts.size() == outer.parts().size() ? value : Value.concatenate(parts);
  }
}
