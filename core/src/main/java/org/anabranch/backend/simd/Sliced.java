package org.anabranch.backend.simd;

import org.anabranch.graph.Operation;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the slice of a product with a parameter: only those outputs are computed, from panels
 * of their own. It is what remains of the cotangent of (z, t) for a field that reads the time.
 *
 * @param whole the value of the product
 */
record Sliced(
    Operation.Slice slice, Value whole, Operation.Product product, Operation.Parameter matrix) {
  static @Nullable Sliced of(Value value) {
    return value.operation() instanceof Operation.Slice slice
            && slice.x().operation() instanceof Operation.Product product
            && product.matrix().operation() instanceof Operation.Parameter matrix
        ? new Sliced(slice, slice.x(), product, matrix)
        : null;
  }
}
