package org.anabranch.backend.simd;

import java.util.List;
import java.util.function.Function;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * A chain of element-wise operations that one kernel does in one pass over memory, with the bits of
 * its parts. Used where nobody else reads the inner values, which then need no place.
 */
sealed interface Fused
    permits DerivativeProduct,
        RoundedDifference,
        RoundedIncrement,
        ScaledProduct,
        ScaledSum,
        SwishDerivative {
  /** The chain that ends in a value, if there is one. */
  static @Nullable Fused of(Value value) {
    Fused increment = RoundedIncrement.of(value);
    if (increment != null) {
      return increment;
    }
    Fused difference = RoundedDifference.of(value);
    if (difference != null) {
      return difference;
    }
    Fused swish = SwishDerivative.of(value);
    if (swish != null) {
      return swish;
    }
    Fused product = DerivativeProduct.of(value);
    if (product != null) {
      return product;
    }
    Fused scaled = ScaledProduct.of(value);
    return scaled != null ? scaled : ScaledSum.of(value);
  }

  /** The values that need no place when the kernel is used. */
  List<Value> skipped();

  /** How often the chain itself reads one of those values. */
  default int reads(Value inner) {
    return 1;
  }

  /** The kernel call that writes the result to its place. */
  Instruction instruction(KernelCalls kernels, Function<Value, Place> places, int count, Place y);
}
