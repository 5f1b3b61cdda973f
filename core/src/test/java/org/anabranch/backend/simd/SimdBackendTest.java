package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Precision;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation and its derivatives in both working precisions, against the reference. */
class SimdBackendTest {
  private static final int ROWS = 37;
  private static final int SIZE = 19;
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          new TreeMap<>(
              Map.of("w", Shape.matrix(SIZE, SIZE), "b", Shape.vector(SIZE), "s", Shape.scalar())));
  private static final Value X = Value.input("x", Type.perSample(SIZE));
  private static final Value W = Value.parameter("w", Shape.matrix(SIZE, SIZE));
  private static final Value B = Value.parameter("b", Shape.vector(SIZE));
  private static final Value S = Value.parameter("s", Shape.scalar());

  /** Largest difference, over the largest number of a result. */
  private static double tolerance(WorkingPrecision precision) {
    return switch (precision) {
      case FLOAT32 -> 5e-6;
      case FLOAT64 -> 1e-14;
    };
  }

  record Case(String name, WorkingPrecision precision, Value y) {
    @Override
    public String toString() {
      return precision + " " + name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(WorkingPrecision.values())
        .flatMap(
            p -> expressions().entrySet().stream().map(e -> new Case(e.getKey(), p, e.getValue())));
  }

  private static Map<String, Value> expressions() {
    Map<String, Value> all = new TreeMap<>();
    for (UnaryFunction function : UnaryFunction.values()) {
      UnaryOperator<Value> safe =
          x ->
              switch (function) {
                case LOG, SQRT, RECIPROCAL -> x.square().plus(0.5);
                default -> x;
              };
      all.put(function.name(), safe.apply(W.appliedTo(X).plus(B)).unary(function).plus(X));
      all.put(
          "wide " + function,
          safe.apply(W.appliedTo(X)).widened().unary(function).narrowed().plus(X));
    }
    for (BinaryFunction function : BinaryFunction.values()) {
      Value right = X.times(S).plus(B);
      Value safe = function == BinaryFunction.DIVIDE ? right.square().plus(0.7) : right;
      boolean power = function == BinaryFunction.POWER; // of a negative number: NaN
      Value left = power ? W.appliedTo(X).square().plus(0.7) : W.appliedTo(X);
      all.put(function.name(), left.binary(function, safe).plus(X));
      all.put(function + " scalar", (power ? S.square() : S).binary(function, safe).plus(X));
    }
    all.put("transposed product", W.transposeAppliedTo(X.tanh()));
    all.put("computed matrix", W.tanh().appliedTo(X).plus(W.square().transposeAppliedTo(X)));
    all.put("sum", X.times(B).sum().tanh().times(X));
    all.put("maximum", X.times(B).maximum().times(X));
    all.put("select", X.lessThan(B).select(X.square(), W.appliedTo(X)));
    all.put("select of a number", X.sum().lessThan(S).select(X, B));
    all.put("columns", Value.concatenate(List.of(X.slice(2, 9), B.slice(1, 6), X.slice(0, 4))));
    all.put("broadcast", S.broadcast(SIZE).times(X).plus(X.sum().broadcast(SIZE)));
    all.put("row sum", X.times(Value.of(new Operation.RowSum(X.times(B)))));
    Value rowProduct = Value.of(new Operation.RowProduct(X.times(B), X.tanh()));
    all.put("row product", rowProduct.appliedTo(X.exp()));
    Value wide = X.widened();
    all.put("wide", wide.times(Value.constant(0.3, Precision.WIDE)).plus(wide).narrowed());
    all.put("detached", X.detached().times(X));
    return all;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAndGradientsAreTheReferences(Case example) {
    Value y = example.y.plus(X.detached().times(0));
    Value cotangent = Value.input("d.y", y.type());
    Graph graph = Graph.of(example.name, List.of(X), Map.of("y", y));
    Pullback pullback = Differentiation.pullback(graph, Map.of("y", cotangent), List.of("x"));
    Value byX = pullback.cotangents().get("x").plus(X.detached().times(0));
    Graph both =
        Graph.of(
            example.name,
            List.of(X, cotangent),
            Map.of("y", y, "d.x", byX),
            pullback.accumulations());
    List<double[]> expected = run(new ReferenceBackend(), both);
    List<double[]> actual = run(new SimdBackend(example.precision), both);
    for (int i = 0; i < expected.size(); i++) {
      double largest = 0;
      double difference = 0;
      for (int j = 0; j < expected.get(i).length; j++) {
        largest = Math.max(largest, Math.abs(expected.get(i)[j]));
        difference = Math.max(difference, Math.abs(expected.get(i)[j] - actual.get(i)[j]));
      }
      assertThat(difference).isLessThanOrEqualTo(tolerance(example.precision) * largest);
    }
  }

  /** y, the cotangent of x and the gradient, after two runs so that sums over rows continue. */
  private static List<double[]> run(Backend backend, Graph graph) {
    Parameters parameters = backend.parameters(LAYOUT);
    Accumulators accumulators = backend.accumulators(LAYOUT);
    Map<String, Buffer> inputs = new HashMap<>();
    for (String name : graph.inputs().keySet()) {
      inputs.put(name, backend.buffer(Type.perSample(SIZE), ROWS));
    }
    Map<String, Buffer> outputs = new TreeMap<>();
    graph.outputs().forEach((name, v) -> outputs.put(name, backend.buffer(v.type(), ROWS)));
    var execution = backend.compile(graph, ROWS).bind(inputs, outputs, parameters, accumulators);
    parameters.load(numbers(LAYOUT.size(), 2, 0.3));
    for (int turn = 0; turn < 2; turn++) {
      double[] x = numbers(ROWS * SIZE, 3 + turn, 1);
      inputs.forEach((name, buffer) -> buffer.set(x));
      execution.run();
    }
    List<double[]> results = new ArrayList<>();
    outputs.forEach(
        (name, buffer) -> {
          double[] numbers = new double[buffer.count()];
          buffer.get(numbers);
          results.add(numbers);
        });
    double[] gradient = new double[LAYOUT.size()];
    accumulators.total(gradient);
    results.add(gradient);
    return results;
  }

  private static double[] numbers(int count, int seed, double scale) {
    double[] x = new KernelInputs(seed).doubles(count);
    for (int i = 0; i < count; i++) {
      x[i] = (float) (x[i] * scale / 4); // as float32 holds it, so that comparisons agree
    }
    return x;
  }

  @Test
  void workingValuesKeepWhatTheirPrecisionHolds() {
    double third = 1.0 / 3;
    double[] kept = new double[1];
    for (WorkingPrecision precision : WorkingPrecision.values()) {
      Buffer buffer = new SimdBackend(precision).buffer(Type.perSampleScalar(), 1);
      buffer.set(new double[] {third});
      buffer.get(kept);
      boolean rounds = precision == WorkingPrecision.FLOAT32;
      assertThat(kept[0]).isEqualTo(rounds ? (float) third : third);
    }
  }

  @Test
  void thePrecisionIsPartOfTheNameOfTheArithmetic() {
    assertThat(new SimdBackend().numericsId()).isEqualTo("simd-float32-1");
    assertThat(new SimdBackend(WorkingPrecision.FLOAT64).numericsId()).isEqualTo("simd-float64-1");
  }

  @Test
  void aBufferOfTheOtherPrecisionIsRefused() {
    Graph graph = Graph.of("double", List.of(X), Map.of("y", X.times(2)));
    Backend float32 = new SimdBackend();
    Backend float64 = new SimdBackend(WorkingPrecision.FLOAT64);
    Map<String, Buffer> inputs = Map.of("x", float32.buffer(X.type(), ROWS));
    Map<String, Buffer> outputs = Map.of("y", float64.buffer(X.type(), ROWS));
    Parameters parameters = float64.parameters(LAYOUT);
    assertThatThrownBy(() -> float64.compile(graph, ROWS).bind(inputs, outputs, parameters, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FLOAT64")
        .hasMessageContaining("by one backend");
  }
}
