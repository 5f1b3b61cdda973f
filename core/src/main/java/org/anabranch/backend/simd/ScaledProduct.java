package org.anabranch.backend.simd;

import java.util.List;
import java.util.function.Function;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * Recognises (a·b)·s with one number s for all samples, as in LipSwish.
 *
 * @param product the value of a·b
 */
record ScaledProduct(Value product, Value s) implements Fused {
  static @Nullable ScaledProduct of(Value value) {
    if (!ScaledSum.isScaled(value) || value.type().shape().size() == 1) {
      return null;
    }
    Value product = value.operation().operands().get(0);
    return product.operation() instanceof Operation.Binary inner
            && inner.function() == BinaryFunction.MULTIPLY
            && inner.a().type().equals(value.type())
            && inner.b().type().equals(value.type())
        ? new ScaledProduct(product, value.operation().operands().get(1))
        : null;
  }

  @Override
  public List<Value> skipped() {
    return List.of(product);
  }

  @Override
  public Instruction instruction(
      KernelCalls kernels, Function<Value, Place> places, int count, Place y) {
    Place a = places.apply(product.operation().operands().get(0));
    Place b = places.apply(product.operation().operands().get(1));
    return kernels.scaledProduct(count, a, b, places.apply(s), y);
  }
}
