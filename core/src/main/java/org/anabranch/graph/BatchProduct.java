package org.anabranch.graph;

import java.util.List;

/**
 * A matrix A [n x k], or its transpose, applied to a vector, sample by sample: y = A x or y = Aᵀ x,
 * each component summed by fma in the order of the index summed over. A shared operand meets every
 * sample. {@link Operation.Product} is the faster operation for a shared matrix.
 */
public record BatchProduct(Value matrix, Value x, boolean transposed) implements Operation {
  public BatchProduct {
    Type a = matrix.type();
    Type v = x.type();
    boolean typed =
        a.shape().rank() == 2
            && !a.isWide()
            && v.shape().rank() == 1
            && !v.isWide()
            && v.shape().size() == (transposed ? a.shape().rows() : a.shape().columns());
    if (!typed) {
      throw new IllegalArgumentException(
          "%s%s: a matrix of %s meets a vector of %s. Expected a matrix and a vector of %s components, both in working precision."
              .formatted(
                  Sketch.of("BATCH_PRODUCT", matrix, x),
                  transposed ? " (transposed)" : "",
                  a,
                  v,
                  a.shape().rank() == 2
                      ? (transposed ? a.shape().rows() : a.shape().columns())
                      : "as many"));
    }
  }

  @Override
  public Type type() {
    Shape a = matrix.type().shape();
    Extent extent = matrix.type().extent().join(x.type().extent());
    Shape result = Shape.vector(transposed ? a.columns() : a.rows());
    return new Type(extent, result, Precision.WORKING);
  }

  @Override
  public List<Value> operands() {
    return List.of(matrix, x);
  }

  @Override
  public Operation withOperands(List<Value> operands) {
    return new BatchProduct(operands.get(0), operands.get(1), transposed);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.batchProduct(this);
  }
}
