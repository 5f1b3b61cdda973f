package org.anabranch.graph;

/** A part of a part is a part; a part of a repeated scalar is that scalar repeated less often. */
final class NestedSlice implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Slice outer)) {
      return value;
    }
    if (outer.x().operation() instanceof Operation.Slice inner) {
      return inner.x().slice(inner.from() + outer.from(), outer.size());
    }
    return outer.x().operation() instanceof Operation.Broadcast broadcast
        ? broadcast.x().broadcast(outer.size())
        : value;
  }
}
