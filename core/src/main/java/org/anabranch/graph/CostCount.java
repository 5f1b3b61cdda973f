package org.anabranch.graph;

import java.util.EnumMap;
import java.util.Map;

/** Adds up what the operations of a graph cost: one rule for each. */
final class CostCount {
  private final int workingBytes;
  private final Map<UnaryFunction, Long> transcendental = new EnumMap<>(UnaryFunction.class);
  private long bytesRead;
  private long bytesWritten;
  private long multiplyAdds;
  private long elementwise;
  private long shared;
  private long parameters;

  private CostCount(int workingBytes) {
    this.workingBytes = workingBytes;
  }

  static Cost of(Graph graph, int workingBytes) {
    if (workingBytes < 1) {
      throw new IllegalArgumentException(
          "Cost of %s: a number has %d bytes. Say 4 for float32 or 8 for float64."
              .formatted(graph.name(), workingBytes));
    }
    CostCount count = new CostCount(workingBytes);
    graph.inlined().order().forEach(count::add);
    return new Cost(
        count.bytesRead,
        count.bytesWritten,
        count.multiplyAdds,
        count.elementwise,
        count.transcendental,
        count.shared,
        count.parameters);
  }

  private void add(Value value) {
    for (Value operand : value.operation().operands()) {
      bytesRead += bytes(operand.type());
    }
    boolean computed = !value.operation().operands().isEmpty();
    if (computed) {
      bytesWritten += bytes(value.type());
    }
    boolean sumsRows =
        value.operation() instanceof Operation.RowProduct
            || value.operation() instanceof Operation.RowSum;
    if (value.type().isPerSample() || sumsRows || !computed) {
      value.operation().match(new Rules(value.type().shape().size()));
    } else {
      shared += value.type().shape().size();
    }
  }

  private long bytes(Type type) {
    long number = type.isWide() ? Double.BYTES : workingBytes;
    return type.isPerSample() ? number * type.shape().size() : 0;
  }

  /** What one result of so many components adds for each sample. */
  private final class Rules implements Operation.Cases<Boolean> {
    private final long size;

    Rules(long size) {
      this.size = size;
    }

    private Boolean copied() {
      return true;
    }

    private Boolean arithmetic(long count) {
      elementwise += count;
      return true;
    }

    @Override
    public Boolean input(Operation.Input operation) {
      return copied();
    }

    @Override
    public Boolean parameter(Operation.Parameter operation) {
      parameters += size;
      return true;
    }

    @Override
    public Boolean constant(Operation.Constant operation) {
      return copied();
    }

    @Override
    public Boolean unary(Operation.Unary operation) {
      switch (operation.function()) {
        case EXP, EXPM1, LOG, TANH, SIGMOID, SOFTPLUS, SIN, COS, ERF ->
            transcendental.merge(operation.function(), size, Long::sum);
        case NEGATE, ABSOLUTE, SQRT, RECIPROCAL, SQUARE, RELU, STEP -> {}
      }
      return arithmetic(size);
    }

    @Override
    public Boolean binary(Operation.Binary operation) {
      if (operation.function() == BinaryFunction.POWER) { // an exponential of a logarithm
        transcendental.merge(UnaryFunction.LOG, size, Long::sum);
        transcendental.merge(UnaryFunction.EXP, size, Long::sum);
      }
      return arithmetic(size);
    }

    @Override
    public Boolean select(Operation.Select operation) {
      return arithmetic(size);
    }

    @Override
    public Boolean product(Operation.Product operation) {
      multiplyAdds += operation.matrix().type().shape().size();
      return true;
    }

    @Override
    public Boolean batchProduct(BatchProduct operation) {
      multiplyAdds += operation.matrix().type().shape().size();
      return true;
    }

    @Override
    public Boolean outerProduct(OuterProduct operation) {
      return arithmetic(size);
    }

    /** (n³ − n)/3 for the factors and n² for the two triangles. */
    @Override
    public Boolean solve(Solve operation) {
      multiplyAdds += (size * size * size - size) / 3 + size * size;
      return true;
    }

    @Override
    public Boolean reshape(Reshape operation) {
      return copied();
    }

    @Override
    public Boolean gather(Gather operation) {
      return copied();
    }

    @Override
    public Boolean scatterAdd(ScatterAdd operation) {
      return arithmetic(operation.x().type().shape().size());
    }

    @Override
    public Boolean call(Call operation) {
      throw new AssertionError("calls are inlined");
    }

    @Override
    public Boolean rowProduct(Operation.RowProduct operation) {
      multiplyAdds += size;
      return true;
    }

    @Override
    public Boolean rowSum(Operation.RowSum operation) {
      return arithmetic(size);
    }

    @Override
    public Boolean reduction(Operation.Reduction operation) {
      return arithmetic(operation.x().type().shape().size());
    }

    @Override
    public Boolean broadcast(Operation.Broadcast operation) {
      return copied();
    }

    @Override
    public Boolean concatenate(Operation.Concatenate operation) {
      return copied();
    }

    @Override
    public Boolean slice(Operation.Slice operation) {
      return copied();
    }

    @Override
    public Boolean cast(Operation.Cast operation) {
      return arithmetic(size);
    }

    @Override
    public Boolean roundToGrid(Operation.RoundToGrid operation) {
      return arithmetic(size);
    }

    @Override
    public Boolean detach(Operation.Detach operation) {
      return copied();
    }
  }
}
