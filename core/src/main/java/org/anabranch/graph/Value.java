package org.anabranch.graph;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A value of the field language: the result of one {@link Operation}. Immutable; two values are the
 * same only if they are the same object ({@link Graph} makes one object of equal expressions).
 * Methods build new values and check types: an ill-typed expression cannot be built.
 *
 * <pre>
 * Value y = Value.input("y", Type.perSample(2));
 * Value f = Value.parameter("w", Shape.matrix(2, 2)).appliedTo(y).tanh();
 * </pre>
 */
public final class Value {
  private final Operation operation;
  private final Type type;

  Value(Operation operation) {
    this.operation = operation;
    this.type = operation.type();
  }

  /** The value of an operation. */
  public static Value of(Operation operation) {
    return new Value(operation);
  }

  public static Value input(String name, Type type) {
    return of(new Operation.Input(name, type));
  }

  public static Value parameter(String name, Shape shape) {
    return of(new Operation.Parameter(name, shape));
  }

  /** A shared scalar in working precision. */
  public static Value constant(double value) {
    return constant(value, Precision.WORKING);
  }

  public static Value constant(double value, Precision precision) {
    Type type = new Type(Extent.SHARED, Shape.scalar(), precision);
    return of(new Operation.Constant(type, List.of(value)));
  }

  /** A shared vector in working precision. */
  public static Value constant(List<Double> values) {
    return of(new Operation.Constant(Type.shared(Shape.vector(values.size())), values));
  }

  /** Zeros of a shape, shared, in working precision. */
  public static Value zeros(Shape shape) {
    return of(new Operation.Constant(Type.shared(shape), Collections.nCopies(shape.size(), 0.0)));
  }

  public static Value concatenate(List<Value> parts) {
    return parts.size() == 1 ? parts.get(0) : of(new Operation.Concatenate(parts));
  }

  /** Matrices of as many columns, or vectors as rows, one below the other. */
  public static Value stacked(List<Value> parts) {
    Shape last = parts.get(parts.size() - 1).type.shape();
    int columns = last.isScalar() ? 1 : last.extents().get(last.rank() - 1);
    for (Value part : parts) {
      Shape shape = part.type.shape();
      if (shape.isScalar() || shape.extents().get(shape.rank() - 1) != columns) {
        throw new IllegalArgumentException(
            "%s: a part is %s, the last has %d columns. All must have as many."
                .formatted(Sketch.of("STACKED", parts.toArray(new Value[0])), part.type, columns));
      }
    }
    Value all = concatenate(parts.stream().map(Value::flattened).toList());
    return all.reshaped(Shape.matrix(all.type.shape().size() / columns, columns));
  }

  public Operation operation() {
    return operation;
  }

  public Type type() {
    return type;
  }

  public Value plus(Value other) {
    return binary(BinaryFunction.ADD, other);
  }

  public Value plus(double other) {
    return plus(constant(other, type.precision()));
  }

  public Value minus(Value other) {
    return binary(BinaryFunction.SUBTRACT, other);
  }

  public Value times(Value other) {
    return binary(BinaryFunction.MULTIPLY, other);
  }

  public Value times(double other) {
    return times(constant(other, type.precision()));
  }

  public Value minus(double other) {
    return minus(constant(other, type.precision()));
  }

  public Value dividedBy(Value other) {
    return binary(BinaryFunction.DIVIDE, other);
  }

  public Value dividedBy(double other) {
    return dividedBy(constant(other, type.precision()));
  }

  /** The smaller of both; at a tie the derivative goes to the other. */
  public Value minimum(Value other) {
    return binary(BinaryFunction.MINIMUM, other);
  }

  /** The larger of both; at a tie the derivative goes to the other. */
  public Value maximum(Value other) {
    return binary(BinaryFunction.MAXIMUM, other);
  }

  /** This, no less than one bound and no more than the other; its slope at a bound is 1. */
  public Value clamp(double lowest, double highest) {
    Value raised = constant(lowest, type.precision()).maximum(this);
    return constant(highest, type.precision()).minimum(raised);
  }

  public Value greaterThan(Value other) {
    return other.lessThan(this);
  }

  public Value greaterOrEqual(Value other) {
    return other.lessOrEqual(this);
  }

  public Value lessThan(Value other) {
    return binary(BinaryFunction.LESS, other);
  }

  public Value lessOrEqual(Value other) {
    return binary(BinaryFunction.LESS_OR_EQUAL, other);
  }

  public Value equalTo(Value other) {
    return binary(BinaryFunction.EQUAL, other);
  }

  public Value binary(BinaryFunction function, Value other) {
    return of(new Operation.Binary(function, this, other));
  }

  public Value unary(UnaryFunction function) {
    return of(new Operation.Unary(function, this));
  }

  public Value negated() {
    return unary(UnaryFunction.NEGATE);
  }

  public Value tanh() {
    return unary(UnaryFunction.TANH);
  }

  public Value exp() {
    return unary(UnaryFunction.EXP);
  }

  public Value log() {
    return unary(UnaryFunction.LOG);
  }

  public Value sin() {
    return unary(UnaryFunction.SIN);
  }

  public Value cos() {
    return unary(UnaryFunction.COS);
  }

  /** exp(x) − 1, without the cancellation near 0. */
  public Value expm1() {
    return unary(UnaryFunction.EXPM1);
  }

  public Value erf() {
    return unary(UnaryFunction.ERF);
  }

  /** 1/(1+exp(−x)). */
  public Value sigmoid() {
    return unary(UnaryFunction.SIGMOID);
  }

  /** log(1+exp(x)). */
  public Value softplus() {
    return unary(UnaryFunction.SOFTPLUS);
  }

  /** The positive part. */
  public Value relu() {
    return unary(UnaryFunction.RELU);
  }

  /** x·sigmoid(x), also called SiLU (Ramachandran et al. 2017, arXiv:1710.05941). */
  public Value swish() {
    return times(sigmoid());
  }

  /** 0.909·x·sigmoid(x), whose slope is at most 1 (Chen et al. 2019, arXiv:1906.02735). */
  public Value lipSwish() {
    return swish().times(0.909);
  }

  /** x above 0, exp(x) − 1 below; its slope at 0 is 1 (Clevert et al. 2015, arXiv:1511.07289). */
  public Value elu() {
    return relu().plus(constant(0, type.precision()).minimum(this).expm1());
  }

  /** x·Φ(x) with the normal distribution Φ by {@link #erf} (arXiv:1606.08415). */
  public Value gelu() {
    return times(0.5).times(times(Math.sqrt(0.5)).erf().plus(1));
  }

  public Value reciprocal() {
    return unary(UnaryFunction.RECIPROCAL);
  }

  public Value square() {
    return unary(UnaryFunction.SQUARE);
  }

  /** This to the power of another: see {@link BinaryFunction#POWER}. */
  public Value power(Value exponent) {
    return binary(BinaryFunction.POWER, exponent);
  }

  /** This to a whole power, by repeated multiplication; 1 for 0, the reciprocal's below. */
  public Value power(int exponent) {
    if (exponent == 0) {
      return unary(UnaryFunction.STEP).times(0).plus(1);
    }
    long bits = Math.abs((long) exponent);
    Value square = exponent < 0 ? reciprocal() : this;
    Value result = null;
    for (; bits > 0; bits >>= 1) {
      if ((bits & 1) == 1) {
        result = result == null ? square : result.times(square);
      }
      square = bits > 1 ? square.square() : square;
    }
    return Objects.requireNonNull(result);
  }

  public Value sqrt() {
    return unary(UnaryFunction.SQRT);
  }

  public Value absolute() {
    return unary(UnaryFunction.ABSOLUTE);
  }

  /** This mask's choice: {@code a} where it is not 0, else {@code b}. */
  public Value select(Value a, Value b) {
    return of(new Operation.Select(this, a, b));
  }

  /** This matrix applied to a vector: shared or for each sample, both. */
  public Value appliedTo(Value x) {
    return product(x, false);
  }

  /** This matrix's transpose applied to a vector. */
  public Value transposeAppliedTo(Value x) {
    return product(x, true);
  }

  private Value product(Value x, boolean transposed) {
    boolean batch = type.isPerSample() || !x.type.isPerSample();
    return of(
        batch ? new BatchProduct(this, x, transposed) : new Operation.Product(this, x, transposed));
  }

  /** This vector times another's transpose: [n] and [k] give [n x k]. */
  public Value outer(Value other) {
    return of(new OuterProduct(this, other));
  }

  /** x with this matrix · x = b: see {@link Solve}. */
  public Value solve(Value b) {
    return of(new Solve(this, b, false));
  }

  /** The same components under another shape. */
  public Value reshaped(Shape shape) {
    if (shape.equals(type.shape())) {
      return this;
    }
    return operation instanceof Reshape again
        ? again.x().reshaped(shape)
        : of(new Reshape(this, shape));
  }

  /** The components as one vector, matrices row by row. */
  public Value flattened() {
    return reshaped(Shape.vector(type.shape().size()));
  }

  /** The components of this vector at the given indices. */
  public Value gather(List<Integer> indices) {
    return of(new Gather(this, indices));
  }

  /** The components of this vector added up at the given indices of a vector of so many. */
  public Value scatterAdd(List<Integer> indices, int size) {
    return of(new ScatterAdd(this, indices, size));
  }

  /** This matrix with rows and columns exchanged. */
  public Value transposed() {
    int n = matrix("transposed").rows();
    int k = type.shape().columns();
    List<Integer> indices = IntStream.range(0, n * k).map(i -> i % n * k + i / n).boxed().toList();
    return flattened().gather(indices).reshaped(Shape.matrix(k, n));
  }

  /** The matrix whose every row is this vector. */
  public Value repeatedRows(int rows) {
    return ones(rows).outer(this);
  }

  /** The matrix whose every column is this vector. */
  public Value repeatedColumns(int columns) {
    return outer(ones(columns));
  }

  /** The sum of each row of this matrix: a component for each row. */
  public Value rowSums() {
    return of(new BatchProduct(this, ones(matrix("rowSums").columns()), false));
  }

  /** The sum of each column of this matrix: a component for each column. */
  public Value columnSums() {
    return of(new BatchProduct(this, ones(matrix("columnSums").rows()), true));
  }

  /** Some rows of this matrix. */
  public Value rows(int from, int count) {
    int k = matrix("rows").columns();
    return flattened().slice(from * k, count * k).reshaped(Shape.matrix(count, k));
  }

  /** One row of this matrix. */
  public Value row(int row) {
    int k = matrix("row").columns();
    return flattened().slice(row * k, k);
  }

  private Shape matrix(String method) {
    if (type.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "%s of %s: it is %s. It must be a matrix.".formatted(method, Sketch.of(this), type));
    }
    return type.shape();
  }

  private static Value ones(int size) {
    return constant(Collections.nCopies(size, 1.0));
  }

  /** The sum of all components, for each sample. */
  public Value sum() {
    return of(new Operation.Reduction(ReductionFunction.SUM, this));
  }

  /** The largest component, for each sample. */
  public Value maximum() {
    return of(new Operation.Reduction(ReductionFunction.MAXIMUM, this));
  }

  /** log Σ exp(x), computed from the largest component so that it cannot overflow. */
  public Value logSumExp() {
    Value largest = maximum().detached();
    return largest.plus(minus(largest).exp().sum().log());
  }

  /** exp(x)/Σ exp(x), from the largest component so that it cannot overflow. */
  public Value softmax() {
    Value exponentials = minus(maximum().detached()).exp();
    return exponentials.dividedBy(exponentials.sum());
  }

  /** log of {@link #softmax}, without its cancellation. */
  public Value logSoftmax() {
    return minus(logSumExp());
  }

  /** The mean of all components, for each sample. */
  public Value mean() {
    return sum().times(1.0 / type.shape().size());
  }

  public Value slice(int from, int size) {
    return from == 0 && size == type.shape().size()
        ? this
        : of(new Operation.Slice(this, from, size));
  }

  /** This scalar repeated over a vector. */
  public Value broadcast(int size) {
    return of(new Operation.Broadcast(this, size));
  }

  /** This value in float64; itself if it is there already. */
  public Value widened() {
    return type.isWide() ? this : of(new Operation.Cast(this, Precision.WIDE));
  }

  /** This value in working precision; itself if it is there already. */
  public Value narrowed() {
    return type.isWide() ? of(new Operation.Cast(this, Precision.WORKING)) : this;
  }

  /** The nearest multiple of 2^exponent: see {@link Operation.RoundToGrid}. */
  public Value roundedToGrid(int exponent) {
    return of(new Operation.RoundToGrid(this, exponent));
  }

  /** The same number, held constant by differentiation. */
  public Value detached() {
    return of(new Operation.Detach(this));
  }

  /** The operation and its operands' types, for error messages. */
  /** The expression in a few words, for messages: {@code ADD(TANH('x'), PRODUCT('w', …))}. */
  public String sketch() {
    return Sketch.of(this);
  }

  @Override
  public String toString() {
    return operation.getClass().getSimpleName() + ":" + type;
  }
}
