package org.anabranch.graph;

import java.util.List;

/**
 * Components added up at fixed indices of a vector of zeros: y[indices[i]] += x[i] in the order of
 * i. The adjoint of {@link Gather}.
 *
 * @param size the components of the result
 */
public record ScatterAdd(Value x, List<Integer> indices, int size) implements Operation {
  public ScatterAdd {
    indices = List.copyOf(indices);
    Type type = x.type();
    if (type.shape().rank() != 1 || type.isWide() || type.shape().size() != indices.size()) {
      throw new IllegalArgumentException(
          "%s: the operand is %s, indices are %d. It must be a vector in working precision with a component for each index."
              .formatted(Sketch.of("SCATTER_ADD", x), type, indices.size()));
    }
    for (int index : indices) {
      if (index < 0 || index >= size) {
        throw new IllegalArgumentException(
            "%s: the index %d is outside a vector of %d. Indices are 0 to %d."
                .formatted(Sketch.of("SCATTER_ADD", x), index, size, size - 1));
      }
    }
  }

  @Override
  public Type type() {
    return x.type().withShape(Shape.vector(size));
  }

  @Override
  public List<Value> operands() {
    return List.of(x);
  }

  @Override
  public Operation withOperands(List<Value> operands) {
    return new ScatterAdd(operands.get(0), indices, size);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.scatterAdd(this);
  }
}
