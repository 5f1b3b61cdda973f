package org.anabranch.graph;

import java.util.List;

/** a bᵀ for each sample: vectors [n] and [k] give [n x k], row by row. */
public record OuterProduct(Value a, Value b) implements Operation {
  public OuterProduct {
    if (!isVector(a.type()) || !isVector(b.type())) {
      throw new IllegalArgumentException(
          "%s: operands are %s and %s. Both must be vectors in working precision."
              .formatted(Sketch.of("OUTER_PRODUCT", a, b), a.type(), b.type()));
    }
  }

  private static boolean isVector(Type type) {
    return type.shape().rank() == 1 && !type.isWide();
  }

  @Override
  public Type type() {
    Shape shape = Shape.matrix(a.type().shape().size(), b.type().shape().size());
    return new Type(a.type().extent().join(b.type().extent()), shape, Precision.WORKING);
  }

  @Override
  public List<Value> operands() {
    return List.of(a, b);
  }

  @Override
  public Operation withOperands(List<Value> operands) {
    return new OuterProduct(operands.get(0), operands.get(1));
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.outerProduct(this);
  }
}
