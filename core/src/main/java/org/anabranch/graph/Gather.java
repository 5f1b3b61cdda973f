package org.anabranch.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The components of a vector at fixed indices: y[i] = x[indices[i]]. An index may occur often or
 * never. The adjoint of {@link ScatterAdd}.
 */
public record Gather(Value x, List<Integer> indices) implements Operation {
  public Gather {
    indices = List.copyOf(indices);
    Type type = x.type();
    if (type.shape().rank() != 1 || type.isWide()) {
      throw new IllegalArgumentException(
          "%s: the operand is %s. It must be a vector in working precision."
              .formatted(Sketch.of("GATHER", x), type));
    }
    if (indices.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: no indices. Give at least one.".formatted(Sketch.of("GATHER", x)));
    }
    for (int index : indices) {
      if (index < 0 || index >= type.shape().size()) {
        throw new IllegalArgumentException(
            "%s: the index %d is outside %s. Indices are 0 to %d."
                .formatted(Sketch.of("GATHER", x), index, type, type.shape().size() - 1));
      }
    }
  }

  /** The indices that bring every component back to its place; empty where some have no one. */
  List<Integer> inverse() {
    int size = x.type().shape().size();
    Integer[] inverse = new Integer[size];
    for (int i = 0; i < indices.size(); i++) {
      inverse[indices.get(i)] = i;
    }
    boolean permutes = indices.size() == size && Arrays.stream(inverse).allMatch(Objects::nonNull);
    return permutes ? List.of(inverse) : List.of();
  }

  @Override
  public Type type() {
    return x.type().withShape(Shape.vector(indices.size()));
  }

  @Override
  public List<Value> operands() {
    return List.of(x);
  }

  @Override
  public Operation withOperands(List<Value> operands) {
    return new Gather(operands.get(0), indices);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.gather(this);
  }
}
