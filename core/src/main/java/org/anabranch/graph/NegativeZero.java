package org.anabranch.graph;

/**
 * Which values are never −0, so that adding +0 changes none of their bits. What is not known is
 * answered with no: products, for a tiny negative number underflows to −0, and the smaller or
 * larger of two zeros, which backends choose as they like.
 */
final class NegativeZero {
  /** How far below a value is looked: each level at most doubles the work. */
  private static final int DEPTH = 6;

  private NegativeZero() {}

  static boolean never(Value value) {
    return never(value, DEPTH);
  }

  private static boolean never(Value value, int depth) {
    Operation operation = value.operation();
    if (operation instanceof Operation.Constant constant) {
      return constant.values().stream().noneMatch(NegativeZero::mayBe);
    }
    if (operation instanceof Operation.RowSum) {
      return true;
    }
    if (depth == 0) {
      return false;
    }
    if (operation instanceof Operation.Unary unary) {
      return never(unary.function());
    }
    if (operation instanceof Operation.Binary binary) {
      return never(binary, depth - 1);
    }
    if (operation instanceof Operation.Select select) {
      return never(select.a(), depth - 1) && never(select.b(), depth - 1);
    }
    boolean copies =
        operation instanceof Operation.Broadcast
            || operation instanceof Operation.Concatenate
            || operation instanceof Operation.Slice
            || operation instanceof Operation.Detach
            || (operation instanceof Operation.Reduction reduction
                && reduction.function() == ReductionFunction.SUM);
    return copies && operation.operands().stream().allMatch(x -> never(x, depth - 1));
  }

  /** In float32 a negative number may become −0. */
  private static boolean mayBe(double value) {
    return Float.compare((float) value, -0.0f) == 0;
  }

  private static boolean never(UnaryFunction function) {
    return switch (function) {
      case ABSOLUTE, SQUARE, EXP, SIGMOID, STEP -> true;
      case NEGATE, SQRT, RECIPROCAL, LOG, TANH, SOFTPLUS, RELU, SIN, COS, EXPM1, ERF -> false;
    };
  }

  /** −0 is −0 + −0 and −0 − +0 and no other sum, in rounding to nearest. */
  private static boolean never(Operation.Binary binary, int depth) {
    return switch (binary.function()) {
      case LESS, LESS_OR_EQUAL, EQUAL -> true;
      case ADD -> never(binary.a(), depth) || never(binary.b(), depth);
      case SUBTRACT -> never(binary.a(), depth);
      case MULTIPLY, DIVIDE, MINIMUM, MAXIMUM, POWER -> false;
    };
  }
}
