package org.anabranch.backend.simd;

import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/** Recognises Wx + b with a shared b: the product's sums start from the bias. */
final class Biased {
  private Biased() {}

  /** The product that a value adds a shared vector to, or null. */
  static Operation.@Nullable Product productOf(Value value) {
    if (value.operation() instanceof Operation.Binary sum
        && sum.function() == BinaryFunction.ADD
        && sum.a().operation() instanceof Operation.Product product
        && !sum.b().type().isPerSample()
        && sum.b().type().shape().equals(sum.a().type().shape())) {
      return product;
    }
    return null;
  }

  /** The value of that product. */
  static Value operandOf(Value value) {
    return value.operation().operands().get(0);
  }

  /** The shared vector added to it. */
  static Value biasOf(Value value) {
    return value.operation().operands().get(1);
  }
}
