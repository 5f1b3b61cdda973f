package org.anabranch.graph;

import java.util.List;

/** The same components in the same order under another shape: matrices lie row by row. Free. */
public record Reshape(Value x, Shape shape) implements Operation {
  public Reshape {
    if (x.type().shape().size() != shape.size()) {
      throw new IllegalArgumentException(
          "%s: %s has %d components, %s has %d. They must be as many."
              .formatted(
                  Sketch.of("RESHAPE", x), x.type(), x.type().shape().size(), shape, shape.size()));
    }
  }

  @Override
  public Type type() {
    return x.type().withShape(shape);
  }

  @Override
  public List<Value> operands() {
    return List.of(x);
  }

  @Override
  public Operation withOperands(List<Value> operands) {
    return new Reshape(operands.get(0), shape);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.reshape(this);
  }
}
