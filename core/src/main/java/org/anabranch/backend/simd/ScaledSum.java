package org.anabranch.backend.simd;

import java.util.List;
import java.util.function.Function;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a + b·s, a − b·s and b·s − a with one number s for all samples: what the updates of
 * states and cotangents are made of.
 *
 * @param a the term that is not scaled
 * @param scaled the value of b·s
 */
record ScaledSum(Value a, Value scaled, Kind kind) implements Fused {
  /** How the two terms come together. */
  enum Kind {
    ADD,
    SUBTRACT,
    SUBTRACT_FROM
  }

  static @Nullable ScaledSum of(Value value) {
    if (!(value.operation() instanceof Operation.Binary sum) || value.type().shape().size() == 1) {
      return null;
    }
    Value a = sum.a();
    Value b = sum.b();
    Type type = value.type();
    if (!a.type().equals(type) || !b.type().equals(type) || a == b) {
      return null;
    }
    if (sum.function() == BinaryFunction.ADD) {
      // a + b·s has the bits of b·s + a.
      return isScaled(b) ? new ScaledSum(a, b, Kind.ADD) : scaledFirst(a, b, Kind.ADD);
    }
    if (sum.function() == BinaryFunction.SUBTRACT) {
      return isScaled(b)
          ? new ScaledSum(a, b, Kind.SUBTRACT)
          : scaledFirst(a, b, Kind.SUBTRACT_FROM);
    }
    return null;
  }

  private static @Nullable ScaledSum scaledFirst(Value scaled, Value a, Kind kind) {
    return isScaled(scaled) ? new ScaledSum(a, scaled, kind) : null;
  }

  /** Whether a value is b·s. */
  static boolean isScaled(Value value) {
    return value.operation() instanceof Operation.Binary product
        && product.function() == BinaryFunction.MULTIPLY
        && product.a().type().equals(value.type())
        && !product.b().type().isPerSample()
        && product.b().type().shape().isScalar();
  }

  @Override
  public List<Value> skipped() {
    return List.of(scaled);
  }

  @Override
  public Instruction instruction(
      KernelCalls kernels, Function<Value, Place> places, int count, Place y) {
    Place b = places.apply(scaled.operation().operands().get(0));
    Place s = places.apply(scaled.operation().operands().get(1));
    return kernels.scaledSum(kind, count, places.apply(a), b, s, y);
  }
}
