package org.anabranch.backend.simd;

import java.util.List;
import java.util.function.Function;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Precision;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * Recognises round(wide(x·s)) − v with one number s: the velocity 2u − v of an exact leapfrog.
 *
 * @param skipped the values of rounding, widening and scaling
 */
record RoundedDifference(Value x, Value s, Value v, double magic, List<Value> skipped)
    implements Fused {
  static @Nullable RoundedDifference of(Value value) {
    if (!(value.operation() instanceof Operation.Binary difference)
        || difference.function() != BinaryFunction.SUBTRACT
        || !(difference.a().operation() instanceof Operation.RoundToGrid rounding)
        || !(rounding.x().operation() instanceof Operation.Cast cast)
        || !(cast.x().operation() instanceof Operation.Binary product)) {
      return null;
    }
    Type type = value.type();
    boolean fits =
        cast.precision() == Precision.WIDE
            && !cast.x().type().isWide()
            && product.function() == BinaryFunction.MULTIPLY
            && difference.b().type().equals(type)
            && product.a().type().wide().equals(type)
            && !product.b().type().isPerSample()
            && product.b().type().shape().isScalar()
            && type.shape().size() > 1;
    List<Value> skipped = List.of(difference.a(), rounding.x(), cast.x());
    return fits
        ? new RoundedDifference(product.a(), product.b(), difference.b(), rounding.magic(), skipped)
        : null;
  }

  @Override
  public Instruction instruction(
      KernelCalls kernels, Function<Value, Place> places, int count, Place y) {
    return kernels.subtractFromRounded(
        count, places.apply(x), places.apply(s), places.apply(v), magic, y);
  }
}
