package org.anabranch.backend.simd;

import java.util.List;
import java.util.function.Function;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * Recognises z ± round(s·v) with one number s: the increment of an exact step, which a kernel does
 * in one pass over memory where there would be three.
 *
 * @param z the value that grows or shrinks
 * @param rounded the value of the rounding
 * @param product the value of s·v
 * @param added whether the increment is added
 */
record RoundedIncrement(Value z, Value rounded, Value product, double magic, boolean added)
    implements Fused {
  static @Nullable RoundedIncrement of(Value value) {
    if (!(value.operation() instanceof Operation.Binary sum)
        || !(sum.b().operation() instanceof Operation.RoundToGrid rounding)
        || !(rounding.x().operation() instanceof Operation.Binary product)) {
      return null;
    }
    boolean added = sum.function() == BinaryFunction.ADD;
    Type type = value.type();
    boolean fits =
        (added || sum.function() == BinaryFunction.SUBTRACT)
            && product.function() == BinaryFunction.MULTIPLY
            && sum.a().type().equals(type)
            && product.a().type().equals(type)
            && product.b().type().equals(Type.time())
            && type.shape().size() > 1;
    return fits
        ? new RoundedIncrement(sum.a(), sum.b(), rounding.x(), rounding.magic(), added)
        : null;
  }

  Value v() {
    return product.operation().operands().get(0);
  }

  Value s() {
    return product.operation().operands().get(1);
  }

  @Override
  public List<Value> skipped() {
    return List.of(rounded, product);
  }

  @Override
  public Instruction instruction(
      KernelCalls kernels, Function<Value, Place> places, int count, Place y) {
    Place increment = places.apply(v());
    Place scale = places.apply(s());
    return added
        ? kernels.addRounded(count, places.apply(z), scale, increment, magic, y)
        : kernels.subtractRounded(count, places.apply(z), scale, increment, magic, y);
  }
}
