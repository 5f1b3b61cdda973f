package org.anabranch.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * What is put together and cut again is taken from the parts. A shared part of a vector for each
 * sample stays as it is: alone it would be of another type.
 */
final class SliceOfConcatenate implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Slice slice)
        || !(slice.x().operation() instanceof Operation.Concatenate concatenate)) {
      return value;
    }
    List<Value> taken = new ArrayList<>();
    int from = slice.from();
    int to = from + slice.size();
    int start = 0;
    for (Value part : concatenate.parts()) {
      int end = start + part.type().shape().size();
      int first = Math.max(from, start);
      int last = Math.min(to, end);
      if (first < last) {
        taken.add(part.slice(first - start, last - first));
      }
      start = end;
    }
    Value whole = Value.concatenate(taken);
    return whole.type().equals(value.type()) ? whole : value;
  }
}
