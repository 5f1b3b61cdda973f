package org.anabranch.graph;

/** x + (−y) is x − y, x − (−y) is x + y, (−x) + y is y − x. */
final class SignedSum implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Binary binary) || BiasedSum.is(value)) {
      return value;
    }
    Value a = binary.a();
    Value b = binary.b();
    return switch (binary.function()) {
      case ADD -> sum(value, a, b);
      case SUBTRACT -> isNegated(b) ? BiasedSum.avoided(a, operand(b)) : value;
      case MULTIPLY, DIVIDE, MINIMUM, MAXIMUM, LESS, LESS_OR_EQUAL, EQUAL, POWER -> value;
    };
  }

  private static Value sum(Value value, Value a, Value b) {
    if (isNegated(b)) {
      return a.minus(operand(b));
    }
    return isNegated(a) ? b.minus(operand(a)) : value;
  }

  static boolean isNegated(Value value) {
    return value.operation() instanceof Operation.Unary unary
        && unary.function() == UnaryFunction.NEGATE;
  }

  static Value operand(Value negated) {
    return negated.operation().operands().get(0);
  }
}
