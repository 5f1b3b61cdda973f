package org.anabranch.graph;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One node of the field language. Sealed: a new operation does not compile until derivatives and
 * every backend handle it. Operands are compared by identity, so two equal operations compute the
 * same number, and comparing them costs nothing that grows with the expression below.
 */
public sealed interface Operation
    permits Operation.Input,
        Operation.Parameter,
        Operation.Constant,
        Operation.Unary,
        Operation.Binary,
        Operation.Select,
        Operation.Product,
        Operation.RowProduct,
        Operation.RowSum,
        Operation.Reduction,
        Operation.Broadcast,
        Operation.Concatenate,
        Operation.Slice,
        Operation.Cast,
        Operation.RoundToGrid,
        Operation.Detach,
        BatchProduct,
        OuterProduct,
        Reshape,
        Gather,
        ScatterAdd,
        Solve,
        Call {

  /** The type of the result. */
  Type type();

  /** The values this operation reads, in order. */
  List<Value> operands();

  /** The same operation on other operands of the same types. */
  Operation withOperands(List<Value> operands);

  <R> R match(Cases<R> cases);

  /**
   * One method for each operation, none with a default: a reader that forgets one fails to compile.
   */
  interface Cases<R> {
    R input(Input operation);

    R parameter(Parameter operation);

    R constant(Constant operation);

    R unary(Unary operation);

    R binary(Binary operation);

    R select(Select operation);

    R product(Product operation);

    R rowProduct(RowProduct operation);

    R rowSum(RowSum operation);

    R reduction(Reduction operation);

    R broadcast(Broadcast operation);

    R concatenate(Concatenate operation);

    R slice(Slice operation);

    R cast(Cast operation);

    R roundToGrid(RoundToGrid operation);

    R detach(Detach operation);

    R batchProduct(BatchProduct operation);

    R outerProduct(OuterProduct operation);

    R reshape(Reshape operation);

    R gather(Gather operation);

    R scatterAdd(ScatterAdd operation);

    R solve(Solve operation);

    R call(Call operation);
  }

  /** A value given by the caller. */
  record Input(String name, Type type) implements Operation {
    @Override
    public List<Value> operands() {
      return List.of();
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return this;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.input(this);
    }
  }

  /** A named view of the parameter vector. */
  record Parameter(String name, Shape shape) implements Operation {
    @Override
    public Type type() {
      return Type.shared(shape);
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return this;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.parameter(this);
    }
  }

  /** Fixed numbers, shared by all samples. */
  record Constant(Type type, List<Double> values) implements Operation {
    public Constant {
      values = List.copyOf(values);
      if (type.isPerSample() || values.size() != type.shape().size()) {
        throw new IllegalArgumentException(
            "Constant: %d values for %s. Give one value for each component of a shared type."
                .formatted(values.size(), type));
      }
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return this;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.constant(this);
    }
  }

  /** An element-wise function of one value. */
  record Unary(UnaryFunction function, Value x) implements Operation {
    @Override
    public Type type() {
      return x.type();
    }

    @Override
    public List<Value> operands() {
      return List.of(x);
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new Unary(function, operands.get(0));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unary(this);
    }
  }

  /**
   * An element-wise function of two values; a scalar meets every component, a shared value every
   * sample.
   */
  record Binary(BinaryFunction function, Value a, Value b) implements Operation {
    public Binary {
      Type unused = a.type().broadcast(b.type(), () -> Sketch.of(function.name(), a, b));
    }

    @Override
    public Type type() {
      return a.type().broadcast(b.type(), () -> Sketch.of(function.name(), a, b));
    }

    @Override
    public List<Value> operands() {
      return List.of(a, b);
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new Binary(function, operands.get(0), operands.get(1));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.binary(this);
    }
  }

  /**
   * {@code a} where the mask is not 0, else {@code b}; the other is not looked at, even where NaN.
   */
  record Select(Value mask, Value a, Value b) implements Operation {
    public Select {
      Type unused = typeOf(mask, a, b);
    }

    private static Type typeOf(Value mask, Value a, Value b) {
      Supplier<String> expression = () -> Sketch.of("SELECT", mask, a, b);
      return mask.type().broadcast(a.type().broadcast(b.type(), expression), expression);
    }

    @Override
    public Type type() {
      return typeOf(mask, a, b);
    }

    @Override
    public List<Value> operands() {
      return List.of(mask, a, b);
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new Select(operands.get(0), operands.get(1), operands.get(2));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.select(this);
    }
  }

  /** A shared matrix W [n x k], or its transpose, applied to each sample's vector. */
  record Product(Value matrix, Value x, boolean transposed) implements Operation {
    public Product {
      Shape w = matrix.type().shape();
      boolean typed =
          !matrix.type().isPerSample()
              && w.rank() == 2
              && x.type().isPerSample()
              && x.type().shape().rank() == 1
              && !x.type().isWide()
              && !matrix.type().isWide()
              && x.type().shape().size() == (transposed ? w.rows() : w.columns());
      if (!typed) {
        throw new IllegalArgumentException(
            "%s%s: a matrix of %s meets a vector of %s. Expected a shared matrix and a vector for each sample of %s components."
                .formatted(
                    Sketch.of("PRODUCT", matrix, x),
                    transposed ? " (transposed)" : "",
                    matrix.type(),
                    x.type(),
                    w.rank() == 2 ? (transposed ? w.rows() : w.columns()) : "as many"));
      }
    }

    @Override
    public Type type() {
      Shape w = matrix.type().shape();
      return Type.perSample(transposed ? w.columns() : w.rows());
    }

    @Override
    public List<Value> operands() {
      return List.of(matrix, x);
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new Product(operands.get(0), operands.get(1), transposed);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.product(this);
    }
  }

  /**
   * The sum over samples of the outer products a bᵀ: [n] and [k] give [n x k], added in row order.
   */
  record RowProduct(Value a, Value b) implements Operation {
    public RowProduct {
      if (!isVector(a.type()) || !isVector(b.type())) {
        throw new IllegalArgumentException(
            "%s: operands are %s and %s. Both must be vectors for each sample, in working precision."
                .formatted(Sketch.of("ROW_PRODUCT", a, b), a.type(), b.type()));
      }
    }

    private static boolean isVector(Type type) {
      return type.isPerSample() && type.shape().rank() == 1 && !type.isWide();
    }

    @Override
    public Type type() {
      return Type.shared(Shape.matrix(a.type().shape().size(), b.type().shape().size()));
    }

    @Override
    public List<Value> operands() {
      return List.of(a, b);
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new RowProduct(operands.get(0), operands.get(1));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.rowProduct(this);
    }
  }

  /** The sum of a value over the samples, added in row order. */
  record RowSum(Value x) implements Operation {
    public RowSum {
      if (!x.type().isPerSample() || x.type().isWide()) {
        throw new IllegalArgumentException(
            "%s: the operand is %s. It must be a value for each sample, in working precision."
                .formatted(Sketch.of("ROW_SUM", x), x.type()));
      }
    }

    @Override
    public Type type() {
      return Type.shared(x.type().shape());
    }

    @Override
    public List<Value> operands() {
      return List.of(x);
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new RowSum(operands.get(0));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.rowSum(this);
    }
  }

  /** The components of a vector or matrix brought together, in the order of their index. */
  record Reduction(ReductionFunction function, Value x) implements Operation {
    public Reduction {
      if (x.type().shape().isScalar() || x.type().isWide()) {
        throw new IllegalArgumentException(
            "%s: the operand is %s. It must be a vector or matrix in working precision."
                .formatted(Sketch.of(function.name(), x), x.type()));
      }
    }

    @Override
    public Type type() {
      return x.type().withShape(Shape.scalar());
    }

    @Override
    public List<Value> operands() {
      return List.of(x);
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new Reduction(function, operands.get(0));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reduction(this);
    }
  }

  /** A scalar repeated over a vector of {@code size} components. */
  record Broadcast(Value x, int size) implements Operation {
    public Broadcast {
      if (!x.type().shape().isScalar()) {
        throw new IllegalArgumentException(
            "%s: the operand is %s. It must be a scalar."
                .formatted(Sketch.of("BROADCAST", x), x.type()));
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
      return new Broadcast(operands.get(0), size);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.broadcast(this);
    }
  }

  /** Vectors one behind the other. */
  record Concatenate(List<Value> parts) implements Operation {
    public Concatenate {
      parts = List.copyOf(parts);
      for (Value part : parts) {
        if (part.type().shape().rank() != 1 || part.type().isWide()) {
          throw new IllegalArgumentException(
              "%s: a part is %s. Every part must be a vector in working precision."
                  .formatted(Sketch.of("CONCATENATE", parts.toArray(new Value[0])), part.type()));
        }
      }
      if (parts.isEmpty()) {
        throw new IllegalArgumentException("CONCATENATE: no parts. Give at least one vector.");
      }
    }

    @Override
    public Type type() {
      int size = 0;
      Extent extent = Extent.SHARED;
      for (Value part : parts) {
        size += part.type().shape().size();
        extent = extent.join(part.type().extent());
      }
      return new Type(extent, Shape.vector(size), Precision.WORKING);
    }

    @Override
    public List<Value> operands() {
      return parts;
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new Concatenate(operands);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.concatenate(this);
    }
  }

  /** The components {@code from} to {@code from + size} of a vector. */
  record Slice(Value x, int from, int size) implements Operation {
    public Slice {
      Shape shape = x.type().shape();
      if (shape.rank() != 1 || from < 0 || size < 1 || from + size > shape.size()) {
        throw new IllegalArgumentException(
            "%s: components %d to %d of %s. The range must lie inside a vector."
                .formatted(Sketch.of("SLICE", x), from, from + size, x.type()));
      }
      if (x.type().isWide()) {
        throw new IllegalArgumentException(
            "%s: the operand is %s. Narrow it first.".formatted(Sketch.of("SLICE", x), x.type()));
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
      return new Slice(operands.get(0), from, size);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.slice(this);
    }
  }

  /** The value in the other precision, rounded to nearest. Its derivative is one. */
  record Cast(Value x, Precision precision) implements Operation {
    @Override
    public Type type() {
      return new Type(x.type().extent(), x.type().shape(), precision);
    }

    @Override
    public List<Value> operands() {
      return List.of(x);
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new Cast(operands.get(0), precision);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cast(this);
    }
  }

  /**
   * The nearest multiple of 2^exponent, as (x + M) − M with M = 1.5·2^(52+exponent), ties to even.
   * Right for |x| below 2^(51+exponent); beyond it the caller must have refused the value. The
   * derivative is taken as one: what is rounded is noise, not signal.
   */
  record RoundToGrid(Value x, int exponent) implements Operation {
    public RoundToGrid {
      if (!x.type().isWide()) {
        throw new IllegalArgumentException(
            "%s: the operand is %s. Only float64 values lie on a grid: widen it first."
                .formatted(Sketch.of("ROUND_TO_GRID", x), x.type()));
      }
    }

    /** The number that pushes the digits below the grid out of a float64. */
    public double magic() {
      return Math.scalb(1.5, 52 + exponent);
    }

    @Override
    public Type type() {
      return x.type();
    }

    @Override
    public List<Value> operands() {
      return List.of(x);
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new RoundToGrid(operands.get(0), exponent);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.roundToGrid(this);
    }
  }

  /** The same number, held constant by differentiation. */
  record Detach(Value x) implements Operation {
    @Override
    public Type type() {
      return x.type();
    }

    @Override
    public List<Value> operands() {
      return List.of(x);
    }

    @Override
    public Operation withOperands(List<Value> operands) {
      return new Detach(operands.get(0));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.detach(this);
    }
  }

  /** The operation with every operand replaced by {@code mapping}; itself when none changes. */
  default Operation map(Function<Value, Value> mapping) {
    List<Value> before = operands();
    List<Value> after = before.stream().map(mapping).toList();
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) != after.get(i)) {
        return withOperands(after);
      }
    }
    return this;
  }
}
