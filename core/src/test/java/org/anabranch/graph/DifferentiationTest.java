package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule against central differences in float64, first and second derivatives. */
class DifferentiationTest {
  private static final int ROWS = 3;
  private static final int SIZE = 4;
  private static final Shape SQUARE = Shape.matrix(SIZE, SIZE);
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          new TreeMap<>(Map.of("w", SQUARE, "b", Shape.vector(SIZE), "s", Shape.scalar())));
  private static final Value X = Value.input("x", Type.perSample(SIZE));
  private static final Value W = Value.parameter("w", SQUARE);
  private static final Value B = Value.parameter("b", Shape.vector(SIZE));
  private static final Value S = Value.parameter("s", Shape.scalar());

  static Stream<Arguments> expressions() {
    List<Arguments> all = new ArrayList<>();
    for (UnaryFunction function : UnaryFunction.values()) {
      boolean positive =
          function == UnaryFunction.LOG
              || function == UnaryFunction.SQRT
              || function == UnaryFunction.RECIPROCAL;
      UnaryOperator<Value> safe = x -> positive ? x.square().plus(0.5) : x;
      all.add(
          Arguments.of(
              function.name(), safe.apply(W.appliedTo(X).plus(B)).unary(function).plus(X)));
    }
    for (BinaryFunction function : BinaryFunction.values()) {
      Value right = X.times(S).plus(B);
      Value safe = function == BinaryFunction.DIVIDE ? right.square().plus(0.7) : right;
      UnaryOperator<Value> left = x -> function == BinaryFunction.POWER ? x.square().plus(0.5) : x;
      Value vector = left.apply(W.appliedTo(X)).binary(function, safe);
      all.add(Arguments.of(function.name(), vector.plus(X)));
      all.add(Arguments.of(function + " scalar", left.apply(S).binary(function, safe).plus(X)));
    }
    all.add(Arguments.of("product", W.appliedTo(X)));
    all.add(Arguments.of("transposed product", W.transposeAppliedTo(X.tanh())));
    all.add(Arguments.of("sum", X.times(B).sum().tanh().times(X)));
    all.add(Arguments.of("maximum", X.times(B).maximum().times(X)));
    all.add(Arguments.of("logSumExp", W.appliedTo(X).logSumExp().broadcast(SIZE).plus(X)));
    all.add(Arguments.of("select", X.lessThan(B).select(X.square(), W.appliedTo(X))));
    all.add(
        Arguments.of(
            "slice and concatenate",
            Value.concatenate(List.of(X.slice(2, 2), B.slice(1, 1), X.square().slice(1, 1)))));
    all.add(Arguments.of("row sum", X.times(Value.of(new Operation.RowSum(X.times(B))))));
    all.add(
        Arguments.of(
            "row product",
            Value.of(new Operation.RowProduct(X.times(B), X.tanh())).appliedTo(X.exp())));
    all.add(
        Arguments.of(
            "float64 state",
            X.widened().times(Value.constant(0.3, Precision.WIDE)).plus(X.widened()).narrowed()));
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void pullbackEqualsCentralDifferences(String name, Value y) {
    Graph graph = Graph.of(name, List.of(X), Map.of("y", y));
    check(graph, pullbackGraph(graph), 2e-8);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void pullbackOfThePullbackEqualsCentralDifferences(String name, Value y) {
    Graph graph = Graph.of(name, List.of(X), Map.of("y", y));
    Value seed = Value.constant(List.of(0.3, -0.7, 1.1, 0.2));
    Value first =
        Differentiation.pullback(graph, Map.of("y", seed.plus(zero())), List.of("x"))
            .cotangents()
            .get("x");
    Graph derivative = Graph.of(name + "'", List.of(X), Map.of("y", first.plus(zero())));
    check(derivative, pullbackGraph(derivative), 5e-7);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void pushforwardEqualsTheTransposedPullback(String name, Value y) {
    Graph graph = Graph.of(name, List.of(X), Map.of("y", y));
    Value tangent = Value.input("tangent", X.type());
    Value pushed = Differentiation.pushforward(graph, Map.of("x", tangent)).get("y");
    Graph forward = Graph.of("forward", List.of(X, tangent), Map.of("y", pushed.plus(zero())));
    double[] d = numbers(ROWS * SIZE, 5);
    double[] c = numbers(ROWS * SIZE, 9);
    double[] x = numbers(ROWS * SIZE, 1);
    double[] theta = numbers(LAYOUT.size(), 2);
    double[] jd = run(forward, Map.of("x", x, "tangent", d), theta, null).get("y");
    double[] jtc =
        run(pullbackGraph(graph), Map.of("x", x, "d.y", c), theta, new double[LAYOUT.size()])
            .get("d.x");
    assertThat(dot(jd, c)).isCloseTo(dot(jtc, d), within(1e-12 * (1 + Math.abs(dot(jd, c)))));
  }

  @Test
  void aDetachedValueHasNoDerivative() {
    Graph graph = Graph.of("detach", List.of(X), Map.of("y", X.detached().times(B).plus(zero())));
    Pullback pullback =
        Differentiation.pullback(graph, Map.of("y", Value.input("d.y", X.type())), List.of("x"));
    assertThat(pullback.cotangents().get("x").operation()).isInstanceOf(Operation.Constant.class);
    assertThat(pullback.accumulations()).hasSize(1);
  }

  /** Zeros for each sample, so that results have the type of x. */
  private static Value zero() {
    return X.detached().times(0);
  }

  private static Graph pullbackGraph(Graph graph) {
    Value cotangent = Value.input("d.y", graph.output("y").type());
    Pullback pullback = Differentiation.pullback(graph, Map.of("y", cotangent), List.of("x"));
    return Graph.of(
        "pullback",
        List.of(X, cotangent),
        Map.of("d.x", pullback.cotangents().get("x").plus(zero())),
        pullback.accumulations());
  }

  /** Compares cᵀJ by graph with differences of cᵀy by every number of x and θ. */
  private static void check(Graph graph, Graph pullback, double tolerance) {
    double[] x = numbers(ROWS * SIZE, 1);
    double[] theta = numbers(LAYOUT.size(), 2);
    double[] c = numbers(ROWS * SIZE, 3);
    double[] gradient = new double[LAYOUT.size()];
    double[] byX = run(pullback, Map.of("x", x, "d.y", c), theta, gradient).get("d.x");
    for (int i = 0; i < x.length; i++) {
      double expected = difference(graph, x, theta, c, x, i);
      assertThat(byX[i])
          .as("d/dx[%d]", i)
          .isCloseTo(expected, within(tolerance * (1 + Math.abs(expected))));
    }
    for (int i = 0; i < theta.length; i++) {
      double expected = difference(graph, x, theta, c, theta, i);
      assertThat(gradient[i])
          .as("d/dθ[%d]", i)
          .isCloseTo(expected, within(tolerance * (1 + Math.abs(expected))));
    }
  }

  private static double difference(
      Graph graph, double[] x, double[] theta, double[] c, double[] moved, int i) {
    double h = 1e-5;
    double before = moved[i];
    moved[i] = before + h;
    double up = dot(run(graph, Map.of("x", x), theta, null).get("y"), c);
    moved[i] = before - h;
    double down = dot(run(graph, Map.of("x", x), theta, null).get("y"), c);
    moved[i] = before;
    return (up - down) / (2 * h);
  }

  private static Map<String, double[]> run(
      Graph graph, Map<String, double[]> arguments, double[] theta, double[] gradient) {
    Backend backend = new ReferenceBackend();
    Parameters parameters = backend.parameters(LAYOUT);
    parameters.load(theta);
    Accumulators accumulators = backend.accumulators(LAYOUT);
    Map<String, Buffer> inputs = new HashMap<>();
    arguments.forEach(
        (name, numbers) -> {
          Buffer buffer = backend.buffer(graph.input(name).type(), ROWS);
          buffer.set(numbers);
          inputs.put(name, buffer);
        });
    Map<String, Buffer> outputs = new HashMap<>();
    graph.outputs().forEach((name, v) -> outputs.put(name, backend.buffer(v.type(), ROWS)));
    backend.compile(graph, ROWS).bind(inputs, outputs, parameters, accumulators).run();
    if (gradient != null) {
      accumulators.total(gradient);
    }
    Map<String, double[]> results = new HashMap<>();
    outputs.forEach(
        (name, buffer) -> {
          double[] numbers = new double[buffer.count()];
          buffer.get(numbers);
          results.put(name, numbers);
        });
    return results;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Fixed numbers in (−1, 1), away from one another. */
  private static double[] numbers(int count, int seed) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      double turn = (i + 1) * 0.6180339887498949 + seed * 0.3819660112501051;
      numbers[i] = 2 * (turn - Math.floor(turn)) - 1;
    }
    return numbers;
  }
}
