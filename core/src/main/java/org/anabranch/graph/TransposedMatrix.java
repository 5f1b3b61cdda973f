package org.anabranch.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transposed matrix of a sample times a vector is the product with the matrix itself, its other
 * way round; a transposed sum of outer products is one of their factors exchanged. Sums keep their
 * order.
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
    if (value.operation() instanceof Gather gather) {
      Value turned = turnedBy(gather);
      return turned == null ? value : turned.flattened();
    }
    if (value.operation() instanceof Reshape outer && outer.x().operation() instanceof Reshape) {
      return outer.x().reshaped(value.type().shape()); // what a gather left of a matrix
    }
    return value;
  }

  /** The matrix whose components a gather of another one's gives, if they are outer products. */
  private static @Nullable Value turnedBy(Gather gather) {
    if (!(gather.x().operation() instanceof Reshape flat) || flat.x().type().shape().rank() != 2) {
      return null;
    }
    Shape before = flat.x().type().shape();
    return gather.indices().size() == before.size() && isTransposition(gather.indices(), before)
        ? turned(flat.x())
        : null;
  }

  /** The transposed of an outer product, or of sums of them; null of anything else. */
  private static @Nullable Value turned(Value matrix) {
    if (matrix.operation() instanceof OuterProduct outer) {
      return outer.b().outer(outer.a());
    }
    if (matrix.operation() instanceof Operation.Binary sum
        && sum.function() == BinaryFunction.ADD
        && sum.a().type().shape().equals(sum.b().type().shape())) {
      Value x = turned(sum.a());
      Value y = turned(sum.b());
      return x == null || y == null ? null : x.binary(BinaryFunction.ADD, y);
    }
    return null;
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
