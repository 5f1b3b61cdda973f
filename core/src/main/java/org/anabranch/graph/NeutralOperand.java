package org.anabranch.graph;

/**
 * x·1, x/1, x − 0 and x + (−0) are x; x + 0 only where x is never −0, since −0 + 0 = 0. x·0 stays:
 * it is NaN for infinities and NaN.
 */
final class NeutralOperand implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Binary binary) || BiasedSum.is(value)) {
      return value;
    }
    Value a = binary.a();
    Value b = binary.b();
    boolean dropsRight =
        switch (binary.function()) {
          case MULTIPLY, DIVIDE -> Uniform.is(b, 1);
          case ADD -> isNoTerm(b, a);
          case SUBTRACT -> Uniform.is(b, 0.0);
          case MINIMUM, MAXIMUM, LESS, LESS_OR_EQUAL, EQUAL, POWER -> false;
        };
    if (dropsRight && a.type().equals(value.type())) {
      return a;
    }
    boolean dropsLeft =
        switch (binary.function()) {
          case MULTIPLY -> Uniform.is(a, 1);
          case ADD -> isNoTerm(a, b);
          case SUBTRACT, DIVIDE, MINIMUM, MAXIMUM, LESS, LESS_OR_EQUAL, EQUAL, POWER -> false;
        };
    return dropsLeft && b.type().equals(value.type()) ? b : value;
  }

  private static boolean isNoTerm(Value zero, Value other) {
    return Uniform.is(zero, -0.0) || (Uniform.is(zero, 0.0) && NegativeZero.never(other));
  }
}
