package org.anabranch.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Well-typed graphs grown from a seed over all operations and functions of the language. Values are
 * kept moderate, arguments inside the domain of their function.
 */
public final class RandomGraph {
  private static final int N = 5;
  private static final int K = 3;
  private static final int LARGEST = 24;

  /** What a step adds; each at the same odds. */
  private enum Step {
    UNARY,
    BINARY,
    SELECT,
    PRODUCT,
    ROW_PRODUCT,
    ROW_SUM,
    REDUCTION,
    BROADCAST,
    CONCATENATE,
    SLICE,
    WIDE,
    LOG_SUM_EXP,
    BATCH_PRODUCT,
    OUTER_PRODUCT,
    RESHAPE,
    GATHER,
    SCATTER_ADD,
    SOLVE,
    CALL
  }

  private final SplittableRandom random;
  private final List<Value> pool = new ArrayList<>();
  private final List<Graph> bodies = new ArrayList<>();
  private final int depth;

  private RandomGraph(SplittableRandom random, int depth, List<Value> inputs) {
    this.random = random;
    this.depth = depth;
    pool.addAll(inputs);
    pool.add(Value.parameter("w", Shape.matrix(N, N)));
    pool.add(Value.parameter("b", Shape.vector(N)));
    pool.add(Value.parameter("s", Shape.scalar()));
  }

  /** The parameters of every graph. */
  public static ParameterLayout layout() {
    return ParameterLayout.of(
        new TreeMap<>(Map.of("w", Shape.matrix(N, N), "b", Shape.vector(N), "s", Shape.scalar())));
  }

  /** A graph of about so many steps. */
  public static Graph of(long seed, int steps) {
    Value t = Value.input("t", Type.time());
    Value x = Value.input("x", Type.perSample(N));
    Value m = Value.input("m", Type.perSample(Shape.matrix(N, K)));
    Value shared = Value.input("shared", Type.shared(Shape.vector(K)));
    RandomGraph growing =
        new RandomGraph(new SplittableRandom(seed), 0, List.of(t.narrowed(), x, m, shared));
    growing.grow(steps);
    return Graph.of("random " + seed, List.of(t, x, m, shared), growing.outputs());
  }

  private void grow(int steps) {
    for (int i = 0; i < steps; i++) {
      add(Step.values()[random.nextInt(Step.values().length)]);
    }
  }

  private Map<String, Value> outputs() {
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("last", pool.get(pool.size() - 1));
    outputs.put("before", pool.get(pool.size() - 2));
    Value all = Value.constant(0);
    for (Value value : pool) {
      all = all.plus(value.type().shape().isScalar() ? value : value.mean());
    }
    outputs.put("all", all);
    return outputs;
  }

  private void add(Step step) {
    switch (step) {
      case UNARY -> unary();
      case BINARY -> binary();
      case SELECT -> select();
      case PRODUCT -> product();
      case ROW_PRODUCT -> rowProduct();
      case ROW_SUM -> keep(Value.of(new Operation.RowSum(any(v -> v.type().isPerSample()))));
      case REDUCTION -> reduction();
      case BROADCAST ->
          keep(any(v -> v.type().shape().isScalar()).broadcast(1 + random.nextInt(4)));
      case CONCATENATE -> keep(Value.concatenate(List.of(vector(), vector().times(0.5))));
      case SLICE -> slice();
      case WIDE -> wide();
      case LOG_SUM_EXP -> keep(vector().logSumExp());
      case BATCH_PRODUCT -> batchProduct();
      case OUTER_PRODUCT -> keep(small(4).outer(small(5)));
      case RESHAPE -> reshape();
      case GATHER -> keep(gathered(vector(), 1 + random.nextInt(6)));
      case SCATTER_ADD -> scatterAdd();
      case SOLVE -> solve();
      case CALL -> call();
    }
  }

  /** Keeps a value, bounded, unless it is too large a tensor. */
  private void keep(Value value) {
    if (value.type().shape().size() <= LARGEST) {
      pool.add(random.nextInt(3) == 0 ? value.times(0.5).sin() : value.tanh());
    }
  }

  private Value any(Predicate<Value> condition) {
    List<Value> fitting = pool.stream().filter(condition).toList();
    // the newest as often as all the others
    int newest = fitting.size() - 1;
    return fitting.get(random.nextBoolean() ? newest : random.nextInt(fitting.size()));
  }

  private Value any() {
    return any(v -> true);
  }

  private Value vector() {
    Value value = any(v -> !v.type().shape().isScalar());
    return value.flattened();
  }

  private Value sampleVector() {
    return sampleTensor().flattened();
  }

  private Value sampleTensor() {
    return any(v -> v.type().isPerSample() && !v.type().shape().isScalar());
  }

  private Value small(int size) {
    Value vector = vector();
    return vector.type().shape().size() <= size ? vector : vector.slice(0, size);
  }

  private void unary() {
    UnaryFunction[] functions = UnaryFunction.values();
    UnaryFunction function = functions[random.nextInt(functions.length)];
    Value x = any();
    boolean positive =
        switch (function) {
          case LOG, SQRT, RECIPROCAL -> true;
          case NEGATE, ABSOLUTE, SQUARE, EXP, TANH, SIGMOID, SOFTPLUS, RELU -> false;
          case STEP, SIN, COS, EXPM1, ERF -> false;
        };
    keep((positive ? x.square().plus(0.5) : x).unary(function));
  }

  private void binary() {
    BinaryFunction[] functions = BinaryFunction.values();
    BinaryFunction function = functions[random.nextInt(functions.length)];
    Value a = any();
    Value b = alike(a);
    keep(
        switch (function) {
          case DIVIDE -> a.dividedBy(b.square().plus(0.7));
          case POWER -> a.square().plus(0.5).power(b);
          case ADD, SUBTRACT, MULTIPLY, MINIMUM, MAXIMUM, LESS, LESS_OR_EQUAL, EQUAL ->
              a.binary(function, b);
        });
  }

  /** A value that an element-wise function can meet this one with. */
  private Value alike(Value a) {
    Shape shape = a.type().shape();
    return any(
        v ->
            v.type().shape().equals(shape)
                || v.type().shape().isScalar()
                || (shape.isScalar() && v != a));
  }

  private void select() {
    Value a = any(v -> !v.type().shape().isScalar());
    keep(alike(a).lessThan(alike(a)).select(a, alike(a).times(0.7)));
  }

  /** A shared matrix of the parameter's numbers. */
  private Value sharedMatrix(int rows, int columns) {
    Value w = pool.stream().filter(RandomGraph::isMatrixParameter).findFirst().orElseThrow();
    Value numbers = gathered(w.flattened(), rows * columns);
    return numbers.reshaped(Shape.matrix(rows, columns));
  }

  private static boolean isMatrixParameter(Value value) {
    return value.operation() instanceof Operation.Parameter p && p.name().equals("w");
  }

  private void product() {
    Value x = sampleVector();
    int k = x.type().shape().size();
    int n = 1 + random.nextInt(6);
    boolean transposed = random.nextBoolean();
    Value matrix = transposed ? sharedMatrix(k, n) : sharedMatrix(n, k);
    Value y = Value.of(new Operation.Product(matrix, x, transposed));
    keep(random.nextBoolean() ? y : y.plus(sharedMatrix(1, n).flattened()));
  }

  private void rowProduct() {
    Value a = sampleVector();
    Value b = sampleVector();
    if (a.type().shape().size() * b.type().shape().size() <= LARGEST) {
      keep(Value.of(new Operation.RowProduct(a, b)).times(0.5));
    }
  }

  private void reduction() {
    Value x = any(v -> !v.type().shape().isScalar());
    keep(random.nextBoolean() ? x.sum() : x.maximum());
  }

  private void slice() {
    Value x = vector();
    int size = x.type().shape().size();
    int from = random.nextInt(size);
    keep(x.slice(from, 1 + random.nextInt(size - from)));
  }

  private void wide() {
    Value a = any().widened();
    Value b = a.times(0.3).plus(a.square());
    keep(b.roundedToGrid(-44).times(a.tanh()).narrowed());
  }

  private void batchProduct() {
    Value matrix = any(v -> v.type().shape().rank() == 2);
    boolean transposed = random.nextBoolean();
    Shape shape = matrix.type().shape();
    Value x = gathered(vector(), transposed ? shape.rows() : shape.columns());
    keep(Value.of(new BatchProduct(matrix, x, transposed)));
  }

  private void reshape() {
    Value x = vector();
    int size = x.type().shape().size();
    int rows =
        IntStream.rangeClosed(1, size).filter(r -> size % r == 0).skip(1).findFirst().orElse(1);
    keep(x.reshaped(Shape.matrix(rows, size / rows)));
  }

  private List<Integer> indices(int count, int size) {
    return IntStream.range(0, count).map(i -> random.nextInt(size)).boxed().toList();
  }

  private Value gathered(Value x, int count) {
    return x.gather(indices(count, x.type().shape().size()));
  }

  private void scatterAdd() {
    Value x = vector();
    int size = 1 + random.nextInt(6);
    keep(x.scatterAdd(indices(x.type().shape().size(), size), size));
  }

  private void solve() {
    int n = 1 + random.nextInt(4);
    Value noise = gathered(vector(), n * n).times(0.7 / n).reshaped(Shape.matrix(n, n));
    List<Double> identity =
        IntStream.range(0, n * n).mapToObj(i -> i % (n + 1) == 0 ? 1.5 : 0.0).toList();
    Value matrix = noise.plus(Value.constant(identity).reshaped(Shape.matrix(n, n)));
    keep(Value.of(new Solve(matrix, gathered(vector(), n), random.nextBoolean())));
  }

  /** A new body, or an old one on other arguments of the same types. */
  private void call() {
    Graph body = bodies.isEmpty() || random.nextBoolean() ? body() : bodies.get(0);
    if (body == null) {
      return;
    }
    Map<String, Value> arguments = new LinkedHashMap<>();
    body.inputs()
        .forEach((name, input) -> arguments.put(name, any(v -> v.type().equals(input.type()))));
    body.call(arguments).values().forEach(this::keep);
  }

  private Graph body() {
    if (depth == 2) {
      return null;
    }
    Value first = Value.input("first", sampleTensor().type());
    Value second = Value.input("c.last", any().type());
    RandomGraph growing = new RandomGraph(random.split(), depth + 1, List.of(first, second));
    growing.pool.add(Value.constant(List.of(0.3, -0.8)));
    Value whole = second.type().shape().isScalar() ? second : second.sum();
    growing.pool.add(first.times(0.5).plus(whole));
    growing.grow(4);
    Graph body = Graph.of("body", List.of(first, second), growing.outputs());
    bodies.add(body);
    return body;
  }
}
