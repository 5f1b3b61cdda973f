package org.anabranch.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Functions of constants, computed beforehand. In working precision a backend may compute in
 * float32 or in float64, so a result is folded only if {@link ExactFunction} finds it the same in
 * both: 0.5 + 1.5 is, and 1/3, but not 0.1 + 0.6.
 */
final class ConstantArithmetic implements Rule {
  @Override
  public Value rewrite(Value value) {
    Operation operation = value.operation();
    ExactFunction exact = new ExactFunction(value.type().precision());
    if (operation instanceof Operation.Unary unary
        && unary.x().operation() instanceof Operation.Constant x) {
      return folded(value, i -> exact.unary(unary.function(), at(x, i)));
    }
    if (operation instanceof Operation.Binary binary
        && binary.a().operation() instanceof Operation.Constant a
        && binary.b().operation() instanceof Operation.Constant b) {
      return folded(value, i -> exact.binary(binary.function(), at(a, i), at(b, i)));
    }
    if (operation instanceof Operation.Cast cast
        && cast.x().operation() instanceof Operation.Constant x) {
      boolean widens = cast.precision() == Precision.WIDE && !cast.x().type().isWide();
      return folded(value, i -> widens ? exact.widened(at(x, i)) : ExactFunction.of(at(x, i)));
    }
    return value;
  }

  private static double at(Operation.Constant constant, int i) {
    return constant.values().get(constant.values().size() == 1 ? 0 : i);
  }

  private static Value folded(Value value, IntFunction<ExactFunction.Result> component) {
    List<Double> results = new ArrayList<>();
    for (int i = 0; i < value.type().shape().size(); i++) {
      ExactFunction.Result result = component.apply(i);
      if (!result.agreed()) {
        return value;
      }
      results.add(result.value());
    }
    return Value.of(new Operation.Constant(value.type(), results));
  }
}
