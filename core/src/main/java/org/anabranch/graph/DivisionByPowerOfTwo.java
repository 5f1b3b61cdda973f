package org.anabranch.graph;

import java.util.List;

/**
 * x/2ⁿ is x·2⁻ⁿ, both being the rounded quotient. Other divisors stay: x·(1/3) rounds twice. So do
 * powers whose reciprocal is no normal float32.
 */
final class DivisionByPowerOfTwo implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Binary binary)
        || binary.function() != BinaryFunction.DIVIDE
        || !(binary.b().operation() instanceof Operation.Constant divisor)
        || !divisor.values().stream().allMatch(DivisionByPowerOfTwo::hasExactReciprocal)) {
      return value;
    }
    List<Double> factors = divisor.values().stream().map(v -> 1 / v).toList();
    return binary.a().times(Value.of(new Operation.Constant(divisor.type(), factors)));
  }

  private static boolean hasExactReciprocal(double value) {
    int exponent = Math.getExponent(value);
    return Math.abs(value) == Math.scalb(1.0, exponent)
        && Math.abs(exponent) <= -Float.MIN_EXPONENT;
  }
}
