package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function of two values, and the choice between them, on every pair of operands that the
 * language lets meet: shared or of samples, input or parameter, scalar, vector or matrix, float64
 * or not.
 */
class BroadcastDerivativeTest {
  private static final int ROWS = 3;
  private static final List<Shape> SHAPES =
      List.of(Shape.scalar(), Shape.vector(3), Shape.matrix(2, 3));
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          new TreeMap<>(Map.of("p0", SHAPES.get(0), "p1", SHAPES.get(1), "p2", SHAPES.get(2))));

  /** What an operand can be, before its shape. */
  private enum Source {
    SAMPLE,
    WIDE_SAMPLE,
    SHARED,
    WIDE_SHARED,
    PARAMETER;

    boolean isWide() {
      return this == WIDE_SAMPLE || this == WIDE_SHARED;
    }

    Value value(String name, Shape shape) {
      return switch (this) {
        case SAMPLE -> Value.input(name, Type.perSample(shape));
        case WIDE_SAMPLE -> Value.input(name, Type.perSample(shape).wide());
        case SHARED -> Value.input(name, Type.shared(shape));
        case WIDE_SHARED -> Value.input(name, Type.shared(shape).wide());
        case PARAMETER -> Value.parameter("p" + shape.rank(), shape);
      };
    }
  }

  static Stream<Graph> graphs() {
    List<Graph> graphs = new ArrayList<>();
    for (Source left : Source.values()) {
      for (Source right : Source.values()) {
        for (Shape first : SHAPES) {
          for (Shape second : SHAPES) {
            boolean meet = first.equals(second) || first.isScalar() || second.isScalar();
            if (meet && left.isWide() == right.isWide()) {
              addAll(graphs, left.value("a", first), right.value("b", second));
            }
          }
        }
      }
    }
    return graphs.stream();
  }

  /** The operands are moved away from where a function or a derivative of it is not defined. */
  private static void addAll(List<Graph> graphs, Value a, Value b) {
    for (BinaryFunction function : BinaryFunction.values()) {
      Value base = function == BinaryFunction.POWER ? a.square().plus(0.7) : a;
      Value other = function == BinaryFunction.DIVIDE ? b.square().plus(0.7) : b.times(1.1);
      graphs.add(graph(function.name(), a, b, base.binary(function, other)));
    }
    graphs.add(graph("SELECT", a, b, a.lessThan(b).select(a.square(), a.times(b))));
    graphs.add(graph("SELECT by the first", a, b, a.select(b.sin(), b)));
  }

  private static Graph graph(String name, Value a, Value b, Value y) {
    List<Value> inputs =
        Stream.of(a, b).filter(v -> v.operation() instanceof Operation.Input).toList();
    String types = name + " of " + a + " and " + b;
    return Graph.of(types, inputs, Map.of("y", y));
  }

  private static DerivativeCheck check(Graph graph) {
    return new DerivativeCheck(graph, LAYOUT, ROWS, 5);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void pullbackEqualsDifferences(Graph graph) {
    check(graph).pullbackEqualsDifferences(1e-6);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void pullbackOfThePullbackEqualsDifferences(Graph graph) {
    check(graph).second().pullbackEqualsDifferences(1e-6);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void pushforwardIsTheTransposedPullbackTwice(Graph graph) {
    check(graph).pushforwardIsTheTransposedPullback();
    check(graph).second().pushforwardIsTheTransposedPullback();
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void lanesComputeBothPullbacksAsTheReferenceDoes(Graph graph) {
    DerivativeCheck first = check(graph);
    for (DerivativeCheck check : List.of(first, first.second())) {
      agrees(check, check.pullback(), new SimdBackend(), 2e-5);
      agrees(check, check.pullback(), new SimdBackend(WorkingPrecision.FLOAT64), 1e-13);
    }
  }

  private static void agrees(
      DerivativeCheck check, Graph graph, Backend backend, double tolerance) {
    GraphRun expected = run(check, graph, new ReferenceBackend(), check.point(graph));
    GraphRun found = run(check, graph, backend, check.point(graph));
    for (String output : graph.outputs().keySet()) {
      assertThat(found.get(output))
          .as(output)
          .containsExactly(expected.get(output), within(tolerance));
    }
    assertThat(found.gradient()).containsExactly(expected.gradient(), within(tolerance));
  }

  private static GraphRun run(
      DerivativeCheck check, Graph graph, Backend backend, Map<String, double[]> point) {
    return new GraphRun(backend, graph, LAYOUT, ROWS).theta(check.theta()).set(point).run();
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void aSharedCotangentCountsForEverySample(Graph graph) {
    DerivativeCheck check = check(graph);
    Type type = graph.output("y").type().working();
    double[] numbers = check.numbers("c", type.shape().size());
    GraphRun shared = cotangent(check, Type.shared(type.shape()), numbers);
    double[] repeated = new double[type.isPerSample() ? ROWS * numbers.length : numbers.length];
    Arrays.setAll(repeated, i -> numbers[i % numbers.length]);
    GraphRun expected = cotangent(check, type, repeated);
    for (String input : graph.inputs().keySet()) {
      double[] found = shared.get(input); // shared zeros where the cotangent does not arrive
      assertThat(found).as(input).containsExactly(expected.get(input), within(1e-14));
    }
    assertThat(shared.gradient()).containsExactly(expected.gradient(), within(1e-14));
  }

  private static GraphRun cotangent(DerivativeCheck check, Type type, double[] numbers) {
    Graph graph = check.graph();
    Value c = Value.input("c", type);
    List<String> wanted = List.copyOf(graph.inputs().keySet());
    Pullback pullback = Differentiation.pullback(graph, Map.of("y", c), wanted);
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    inputs.add(c);
    Graph product = Graph.of("'", inputs, pullback.cotangents(), pullback.accumulations());
    Map<String, double[]> point = check.point(graph);
    point.put("c", numbers);
    return run(check, product, new ReferenceBackend(), point);
  }
}
