package org.anabranch.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Well-typed graphs that mix every operation, rich in what rules look for. */
final class MixedGraph {
  private static final double[] CONSTANTS = {
    0, -0.0, 1, -1, 2, 0.5, -4, 3, 0.1, 0.2, 1e-300, 1e30, 1 / 3.0
  };
  private static final List<BinaryFunction> ARITHMETIC =
      List.of(
          BinaryFunction.ADD,
          BinaryFunction.SUBTRACT,
          BinaryFunction.MULTIPLY,
          BinaryFunction.DIVIDE);
  private static final int[] SIZES = {1, 3, 4};

  private final long seed;
  private long drawn;
  private final List<Value> inputs = new ArrayList<>();
  private final List<Value> pool = new ArrayList<>();

  private MixedGraph(long seed) {
    this.seed = seed;
    for (int size : SIZES) {
      inputs.add(Value.input("x" + size, Type.perSample(size)));
      inputs.add(Value.input("z" + size, Type.perSample(size).wide()));
      inputs.add(Value.input("c" + size, Type.shared(Shape.vector(size))));
    }
    inputs.add(Value.input("s", Type.perSampleScalar()));
    inputs.add(Value.input("t", Type.time()));
    pool.addAll(inputs);
    for (int rows : SIZES) {
      pool.add(Value.parameter("b" + rows, Shape.vector(rows)));
      for (int columns : SIZES) {
        pool.add(Value.parameter("w" + rows + columns, Shape.matrix(rows, columns)));
      }
    }
    pool.add(Value.parameter("g", Shape.scalar()));
  }

  /** A graph of about {@code size} operations, a few outputs and, where it fits, terms. */
  static Graph of(long seed, int size) {
    return new MixedGraph(seed).build(size);
  }

  private Graph build(int size) {
    for (int i = 0; i < size; i++) {
      Value next = next();
      pool.add(next);
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      outputs.put("y" + i, pool.get(pool.size() - 1 - i * 2));
    }
    List<Accumulation> terms = new ArrayList<>();
    for (Value value : pool.subList(pool.size() - size, pool.size())) {
      Type type = value.type();
      if (!type.isPerSample() && !type.isWide() && terms.size() < 5) {
        terms.add(new Accumulation(parameterOf(type.shape()), value));
      }
    }
    return Graph.of("random" + seed, inputs, outputs, terms);
  }

  private static String parameterOf(Shape shape) {
    return switch (shape.rank()) {
      case 0 -> "g";
      case 1 -> "b" + shape.size();
      default -> "w" + shape.rows() + shape.columns();
    };
  }

  private int draw(int bound) {
    return (int) Long.remainderUnsigned(Numbers.mix(Numbers.mix(seed) + drawn++), bound);
  }

  private <T> T one(List<T> choices) {
    return choices.get(draw(choices.size()));
  }

  /** A value of the pool, one in two times among the last eight. */
  private Value pick(Predicate<Value> fits) {
    List<Value> all = pool.stream().filter(fits).toList();
    int recent = Math.min(8, all.size());
    return draw(2) == 0 ? all.get(all.size() - 1 - draw(recent)) : all.get(draw(all.size()));
  }

  private static boolean isVector(Value value) {
    return value.type().shape().rank() == 1
        && !value.type().isWide()
        && value.type().shape().size() <= 8;
  }

  private static boolean isSharedMatrix(Value value) {
    Type type = value.type();
    return type.shape().rank() == 2 && !type.isPerSample() && !type.isWide();
  }

  private Value next() {
    return switch (draw(16)) {
      case 0, 1 -> pick(v -> true).unary(draw(3) > 0 ? UnaryFunction.NEGATE : function());
      case 2, 3, 4 -> binary(pick(v -> true));
      case 5 -> binaryWithConstant(pick(v -> true));
      case 6 -> product();
      case 7 -> biased();
      case 8 -> rowSum();
      case 9, 10 -> concatenate();
      case 11 -> slice(pick(MixedGraph::isVector));
      case 12 -> pick(v -> v.type().shape().isScalar()).broadcast(SIZES[draw(SIZES.length)]);
      case 13 -> cast(pick(v -> true));
      case 14 -> select(pick(v -> true));
      default -> rare(pick(v -> true));
    };
  }

  private UnaryFunction function() {
    return one(List.of(UnaryFunction.values()));
  }

  private Value constant(Type type) {
    double number = CONSTANTS[draw(CONSTANTS.length)];
    if (type.shape().isScalar() || draw(2) == 0) {
      return Value.constant(number, type.precision());
    }
    Type shared = new Type(Extent.SHARED, type.shape(), type.precision());
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < type.shape().size(); i++) {
      numbers.add(draw(4) > 0 ? number : CONSTANTS[draw(CONSTANTS.length)]);
    }
    return Value.of(new Operation.Constant(shared, numbers));
  }

  private Value mate(Value a) {
    return pick(
        b ->
            b.type().precision() == a.type().precision()
                && (b.type().shape().equals(a.type().shape())
                    || (b.type().shape().isScalar() && a.type().shape().rank() < 2)));
  }

  private Value binary(Value a) {
    BinaryFunction function = one(draw(2) == 0 ? ARITHMETIC : List.of(BinaryFunction.values()));
    Value b = mate(a);
    return draw(2) == 0 ? a.binary(function, b) : b.binary(function, a);
  }

  private Value binaryWithConstant(Value a) {
    BinaryFunction function = one(ARITHMETIC);
    Value k = constant(a.type());
    return draw(2) == 0 ? a.binary(function, k) : k.binary(function, a);
  }

  private Value product() {
    Value matrix = pick(MixedGraph::isSharedMatrix);
    boolean transposed = draw(2) == 0;
    Shape w = matrix.type().shape();
    int size = transposed ? w.rows() : w.columns();
    Value x = pick(v -> isVector(v) && v.type().isPerSample() && v.type().shape().size() == size);
    return Value.of(new Operation.Product(matrix, x, transposed));
  }

  private Value biased() {
    Value product = product();
    pool.add(product);
    Value b =
        pick(
            v ->
                isVector(v)
                    && !v.type().isPerSample()
                    && v.type().shape().equals(product.type().shape()));
    return draw(4) > 0 ? product.plus(b) : product.minus(b.negated());
  }

  private Value rowSum() {
    Predicate<Value> vector =
        v -> isVector(v) && v.type().isPerSample() && v.type().shape().size() <= 4;
    Predicate<Value> known = v -> vector.test(v) && v.type().shape().size() != 2;
    Value a = pick(known);
    return draw(2) == 0
        ? Value.of(new Operation.RowSum(a))
        : Value.of(new Operation.RowProduct(a, pick(known)));
  }

  private Value concatenate() {
    List<Value> parts = new ArrayList<>();
    int count = 2 + draw(2);
    for (int i = 0; i < count; i++) {
      Value part = pick(v -> isVector(v) && v.type().shape().size() <= 4);
      parts.add(
          switch (draw(4)) {
            case 0 -> Value.zeros(part.type().shape());
            case 1 -> slice(part);
            default -> part;
          });
    }
    Value whole = Value.concatenate(parts);
    pool.add(whole);
    int size = whole.type().shape().size();
    return size > 4 || draw(2) == 0 ? slice(whole) : whole;
  }

  private Value slice(Value x) {
    int size = x.type().shape().size();
    int wanted = SIZES[draw(SIZES.length)];
    int taken = Math.min(wanted, size);
    return taken == 2 ? x : x.slice(draw(size - taken + 1), taken);
  }

  private Value cast(Value x) {
    return switch (draw(3)) {
      case 0 -> x.type().isWide() ? x.narrowed() : x.widened();
      case 1 -> x.type().isWide() ? x.narrowed().widened() : x.widened().narrowed();
      default -> Value.of(new Operation.Cast(x, x.type().precision()));
    };
  }

  private Value select(Value a) {
    Value mask = draw(3) == 0 ? constant(a.type()) : mate(a);
    return mask.select(a, draw(4) == 0 ? a : mate(a));
  }

  private Value rare(Value x) {
    if (x.type().isWide()) {
      return x.roundedToGrid(-10);
    }
    if (isVector(x)) {
      return draw(2) == 0 ? x.sum() : x.maximum();
    }
    return x.detached();
  }
}
