package org.anabranch.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transposed matrix of a sample times a vector is the product with the matrix itself, its other
 * way round; a transposed outer product is that of its factors exchanged. Sums keep their order.
 */
final class TransposedMatrix implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (value.operation() instanceof BatchProduct product) {
      Value matrix = untransposed(product.matrix());
      return matrix == null
          ? value
          : Value.of(new BatchProduct(matrix, product.x(), !product.transposed()));
    }
    Value matrix = untransposed(value);
    return matrix != null && matrix.operation() instanceof OuterProduct outer
        ? outer.b().outer(outer.a())
        : value;
  }

  /** The matrix that a value transposes, as {@link Value#transposed} writes it; null if none. */
  private static @Nullable Value untransposed(Value value) {
    if (value.type().shape().rank() != 2
        || !(value.operation() instanceof Reshape matrix)
        || !(matrix.x().operation() instanceof Gather gather)
        || gather.x().type().shape().size() != value.type().shape().size()) {
      return null;
    }
    Shape after = value.type().shape();
    Shape before = Shape.matrix(after.columns(), after.rows());
    return isTransposition(gather.indices(), before) ? gather.x().reshaped(before) : null;
  }

  private static boolean isTransposition(List<Integer> indices, Shape before) {
    for (int i = 0; i < indices.size(); i++) {
      if (indices.get(i) != i % before.rows() * before.columns() + i / before.rows()) {
        return false;
      }
    }
    return true;
  }
}
