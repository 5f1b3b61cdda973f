package org.anabranch.graph;

/** −(−x) is x; square and magnitude do not see a sign. −(a − b) stays: it is −0 where a = b. */
final class DoubleNegation implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Unary outer)
        || !(outer.x().operation() instanceof Operation.Unary inner)) {
      return value;
    }
    UnaryFunction f = outer.function();
    UnaryFunction g = inner.function();
    boolean inverse = f == UnaryFunction.NEGATE && g == UnaryFunction.NEGATE;
    if (inverse) {
      return inner.x();
    }
    boolean even = f == UnaryFunction.ABSOLUTE || f == UnaryFunction.SQUARE;
    boolean sign = g == UnaryFunction.NEGATE || g == UnaryFunction.ABSOLUTE;
    if (even && sign) {
      return inner.x().unary(f);
    }
    boolean positive = f == UnaryFunction.ABSOLUTE && g == UnaryFunction.SQUARE;
    return positive ? outer.x() : value;
  }
}
