package org.anabranch.backend.simd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Operation;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * Recognises d·s + (d·x)·(s·(1 − s)): a cotangent taken back through x·s, where s is x's sigmoid;
 * and d = c·scale with one number for all samples, as in LipSwish.
 *
 * @param d the cotangent, read twice
 * @param scaled whether d is a product that the chain computes
 * @param skipped the products and the sigmoid's derivative
 */
record SwishDerivative(Value d, boolean scaled, Value x, Value s, List<Value> skipped)
    implements Fused {
  static @Nullable SwishDerivative of(Value value) {
    if (!(value.operation() instanceof Operation.Binary sum)
        || sum.function() != BinaryFunction.ADD
        || !(sum.a().operation() instanceof Operation.Binary first)
        || first.function() != BinaryFunction.MULTIPLY) {
      return null;
    }
    DerivativeProduct second = DerivativeProduct.of(sum.b());
    if (second == null
        || second.function() != UnaryFunction.SIGMOID
        || second.y() != first.b()
        || !(second.c().operation() instanceof Operation.Binary rest)
        || rest.function() != BinaryFunction.MULTIPLY
        || rest.a() != first.a()
        || !isAlike(value, first.a(), first.b(), rest.b(), sum.a(), second.c())) {
      return null;
    }
    List<Value> skipped = new ArrayList<>(List.of(sum.a(), sum.b(), second.c()));
    skipped.addAll(second.skipped());
    boolean scaled = ScaledSum.isScaled(first.a());
    if (scaled) {
      skipped.add(first.a());
    }
    return new SwishDerivative(first.a(), scaled, rest.b(), first.b(), skipped);
  }

  private static boolean isAlike(Value value, Value... others) {
    return List.of(others).stream().allMatch(other -> other.type().equals(value.type()));
  }

  @Override
  public int reads(Value inner) {
    return inner == d ? 2 : 1;
  }

  @Override
  public Instruction instruction(
      KernelCalls kernels, Function<Value, Place> places, int count, Place out) {
    Place c = places.apply(scaled ? d.operation().operands().get(0) : d);
    Place scale = scaled ? places.apply(d.operation().operands().get(1)) : null;
    return kernels.timesSwishDerivative(count, c, scale, places.apply(x), places.apply(s), out);
  }
}
