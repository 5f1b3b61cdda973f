package org.anabranch.graph;

import java.util.List;

/**
 * Rounding to nearest is symmetric, so a sign moves freely through products and quotients: two
 * signs cancel, one is taken by a constant factor k. x·(−1) is −x.
 */
final class SignedProduct implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (SignedSum.isNegated(value)) {
      return negated(value, SignedSum.operand(value));
    }
    if (!(value.operation() instanceof Operation.Binary binary) || !isProduct(binary)) {
      return value;
    }
    Value a = binary.a();
    Value b = binary.b();
    if (Uniform.is(b, -1) && a.type().equals(value.type())) {
      return a.negated();
    }
    if (binary.function() == BinaryFunction.MULTIPLY
        && Uniform.is(a, -1)
        && b.type().equals(value.type())) {
      return b.negated();
    }
    if (canTakeSign(a) && canTakeSign(b) && (SignedSum.isNegated(a) || SignedSum.isNegated(b))) {
      return withoutSign(a).binary(binary.function(), withoutSign(b));
    }
    return value;
  }

  /** −(a·k) is a·(−k). */
  private static Value negated(Value value, Value x) {
    if (!(x.operation() instanceof Operation.Binary binary) || !isProduct(binary)) {
      return value;
    }
    if (isConstant(binary.b())) {
      return binary.a().binary(binary.function(), withoutSign(binary.b()));
    }
    return isConstant(binary.a())
        ? withoutSign(binary.a()).binary(binary.function(), binary.b())
        : value;
  }

  private static boolean isProduct(Operation.Binary binary) {
    return binary.function() == BinaryFunction.MULTIPLY
        || binary.function() == BinaryFunction.DIVIDE;
  }

  private static boolean canTakeSign(Value value) {
    return SignedSum.isNegated(value) || isConstant(value);
  }

  private static boolean isConstant(Value value) {
    return value.operation() instanceof Operation.Constant;
  }

  /** The value with its sign turned, at no cost. */
  private static Value withoutSign(Value value) {
    if (value.operation() instanceof Operation.Constant constant) {
      List<Double> turned = constant.values().stream().map(v -> -v).toList();
      return Value.of(new Operation.Constant(constant.type(), turned));
    }
    return SignedSum.operand(value);
  }
}
