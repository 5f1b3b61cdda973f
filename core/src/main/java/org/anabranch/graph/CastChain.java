package org.anabranch.graph;

/**
 * Working precision to float64 and back is nothing, nor is a cast to the precision that is there.
 * The other way round stays: a float64 loses digits.
 */
final class CastChain implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Cast outer)) {
      return value;
    }
    if (outer.x().type().equals(value.type())) {
      return outer.x();
    }
    boolean back =
        outer.x().operation() instanceof Operation.Cast inner
            && inner.precision() == Precision.WIDE
            && inner.x().type().equals(value.type());
    return back ? outer.x().operation().operands().get(0) : value;
  }
}
