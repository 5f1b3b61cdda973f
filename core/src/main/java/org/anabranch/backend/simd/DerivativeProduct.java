package org.anabranch.backend.simd;

import java.util.List;
import java.util.function.Function;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Operation;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * Recognises c · (1 − y²) and c · (y · (1 − y)): a cotangent taken back through tanh or the
 * sigmoid.
 *
 * @param function whose value is y
 * @param skipped the values of the derivative
 */
record DerivativeProduct(UnaryFunction function, Value c, Value y, List<Value> skipped)
    implements Fused {
  static @Nullable DerivativeProduct of(Value value) {
    if (!(value.operation() instanceof Operation.Binary product)
        || product.function() != BinaryFunction.MULTIPLY
        || !product.a().type().equals(value.type())
        || !product.b().type().equals(value.type())
        || value.type().shape().size() == 1) {
      return null;
    }
    Value derivative = product.b();
    DerivativeProduct tanh = ofTanh(product.a(), derivative);
    return tanh != null ? tanh : ofSigmoid(product.a(), derivative);
  }

  private static @Nullable DerivativeProduct ofTanh(Value c, Value derivative) {
    Value square = subtractedFromOne(derivative);
    return square != null
            && square.operation() instanceof Operation.Unary unary
            && unary.function() == UnaryFunction.SQUARE
            && square.type().equals(derivative.type())
        ? new DerivativeProduct(UnaryFunction.TANH, c, unary.x(), List.of(derivative, square))
        : null;
  }

  private static @Nullable DerivativeProduct ofSigmoid(Value c, Value derivative) {
    if (!(derivative.operation() instanceof Operation.Binary product)
        || product.function() != BinaryFunction.MULTIPLY) {
      return null;
    }
    Value y = product.a();
    Value rest = product.b();
    return subtractedFromOne(rest) == y && y.type().equals(derivative.type())
        ? new DerivativeProduct(UnaryFunction.SIGMOID, c, y, List.of(derivative, rest))
        : null;
  }

  /** The x of 1 − x, or null. */
  private static @Nullable Value subtractedFromOne(Value value) {
    boolean fits =
        value.operation() instanceof Operation.Binary difference
            && difference.function() == BinaryFunction.SUBTRACT
            && difference.a().operation() instanceof Operation.Constant one
            && one.values().stream().allMatch(v -> v == 1);
    return fits ? value.operation().operands().get(1) : null;
  }

  @Override
  public Instruction instruction(
      KernelCalls kernels, Function<Value, Place> places, int count, Place out) {
    return kernels.timesDerivative(function, count, places.apply(c), places.apply(y), out);
  }
}
