package org.anabranch.graph;

import java.util.List;

/**
 * x with A x = b, or Aᵀ x = b, for a small matrix of each sample: LU decomposition with partial
 * pivoting, the first of equal pivots, every sum by fma in the order of its index. About n³/3
 * multiplications a sample. A sample whose matrix has no pivot above 0, or holds a NaN, gets NaN in
 * every component; others do not notice.
 */
public record Solve(Value matrix, Value b, boolean transposed) implements Operation {
  public Solve {
    Type a = matrix.type();
    Type right = b.type();
    boolean typed =
        a.shape().rank() == 2
            && a.shape().rows() == a.shape().columns()
            && !a.isWide()
            && right.shape().rank() == 1
            && right.shape().size() == a.shape().rows()
            && !right.isWide();
    if (!typed) {
      throw new IllegalArgumentException(
          "%s: the matrix is %s, the right-hand side %s. Expected a square matrix and a vector of as many components, both in working precision."
              .formatted(Sketch.of("SOLVE", matrix, b), a, right));
    }
  }

  @Override
  public Type type() {
    return new Type(
        matrix.type().extent().join(b.type().extent()), b.type().shape(), Precision.WORKING);
  }

  @Override
  public List<Value> operands() {
    return List.of(matrix, b);
  }

  @Override
  public Operation withOperands(List<Value> operands) {
    return new Solve(operands.get(0), operands.get(1), transposed);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.solve(this);
  }
}
