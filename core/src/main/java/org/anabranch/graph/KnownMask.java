package org.anabranch.graph;

/**
 * A choice that is known: by a mask that is constant, in float32 as in float64 (1e-300 is 0 in one
 * only), or because both sides are one value.
 */
final class KnownMask implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Select select)) {
      return value;
    }
    Value chosen = chosen(value, select);
    return chosen.type().equals(value.type()) ? chosen : value;
  }

  private static Value chosen(Value value, Operation.Select select) {
    if (select.a() == select.b()) {
      return select.a();
    }
    if (select.mask().operation() instanceof Operation.Constant mask) {
      if (mask.values().stream().allMatch(v -> (float) v.doubleValue() != 0)) {
        return select.a();
      }
      if (mask.values().stream().allMatch(v -> v == 0)) {
        return select.b();
      }
    }
    return value;
  }
}
