package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;

/** Bits depend on operations and operands, not on who else reads them. */
class FusionTest {
  private static final int ROWS = 21;
  private static final int SIZE = 5;
  private static final Shape SQUARE = Shape.matrix(SIZE, SIZE);
  private static final Backend SIMD = SimdBackend.literal();
  private static final Value X = Value.input("x", Type.perSample(SIZE));
  private static final Value W = Value.parameter("w", SQUARE);
  private static final Value B = Value.parameter("b", Shape.vector(SIZE));
  private static final Value PRODUCT = W.appliedTo(X.times(3));

  private static Map<String, Value> outputs(Value... values) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (Value value : values) {
      outputs.put("y" + outputs.size(), value);
    }
    return outputs;
  }

  @Test
  void aProductStartsFromItsBiasWhoeverElseReadsIt() {
    Value sum = PRODUCT.plus(B);
    double[] alone = run(outputs(sum), List.of()).get("y0");
    assertThat(run(outputs(sum, PRODUCT), List.of()).get("y0")).containsExactly(alone);
    assertThat(run(outputs(sum, PRODUCT.tanh().tanh().times(sum)), List.of()).get("y0"))
        .containsExactly(alone);
    assertThat(run(outputs(sum, PRODUCT.plus(X.sum())), List.of()).get("y0"))
        .containsExactly(alone);
  }

  @Test
  void aProductThatIsAddedToAnotherwiseDoesNotStartFromIt() {
    double[] biased = run(outputs(PRODUCT.plus(B)), List.of()).get("y0");
    assertThat(run(outputs(B.plus(PRODUCT)), List.of()).get("y0")).isNotEqualTo(biased);
  }

  @Test
  void aProductThatSumsLookThroughKeepsItsOperandsUntilThen() {
    Value late = PRODUCT.tanh().exp().times(2).plus(1).tanh().exp();
    Map<String, Value> both = outputs(late.plus(PRODUCT.plus(B)), PRODUCT);
    Map<String, Value> apart = outputs(PRODUCT, PRODUCT.plus(B), late);
    double[] sum = run(apart, List.of()).get("y1");
    double[] tail = run(apart, List.of()).get("y2");
    float[] expected = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      expected[i] = (float) tail[i] + (float) sum[i];
    }
    assertThat(floats(run(both, List.of()).get("y0"))).containsExactly(expected);
  }

  @Test
  void aTermContinuesTheRunningSumWhoeverElseReadsIt() {
    Value term = Value.of(new Operation.RowProduct(X.times(3), X.tanh()));
    List<Accumulation> terms = List.of(new Accumulation("w", term));
    double[] alone = run(outputs(X), terms).get("gradient");
    assertThat(run(outputs(X, term), terms).get("gradient")).containsExactly(alone);
    assertThat(run(outputs(X, term.plus(W)), terms).get("gradient")).containsExactly(alone);
    List<Accumulation> held = List.of(new Accumulation("w", term.detached()));
    assertThat(run(outputs(X), held).get("gradient")).isNotEqualTo(alone);
  }

  @Test
  void aSliceOfAProductIsThoseOutputsOfTheWholeProduct() {
    for (boolean transposed : new boolean[] {false, true}) {
      Value whole = Value.of(new Operation.Product(W, X.times(3), transposed));
      for (int from = 0; from < SIZE; from++) {
        for (int size = 1; from + size <= SIZE; size++) {
          Value slice = whole.slice(from, size);
          double[] alone = run(outputs(slice), List.of()).get("y0");
          assertThat(run(outputs(slice, whole), List.of()).get("y0")).containsExactly(alone);
        }
      }
    }
  }

  @Test
  void onlyASliceOfAProductThatNobodyElseReadsIsComputedAlone() {
    Value slice = PRODUCT.slice(1, 3);
    assertThat(skipped(outputs(slice))).contains(PRODUCT);
    assertThat(skipped(outputs(slice, PRODUCT.slice(0, 1)))).doesNotContain(PRODUCT);
    Value computed = W.times(2).appliedTo(X);
    assertThat(skipped(outputs(computed.slice(1, 3)))).doesNotContain(computed);
  }

  private static Set<Value> skipped(Map<String, Value> outputs) {
    return Fusion.of(Graph.of("fusion", List.of(X), outputs)).skipped();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Outputs of two runs into one gradient, and that gradient. */
  private static Map<String, double[]> run(Map<String, Value> outputs, List<Accumulation> terms) {
    Graph graph = Graph.of("fusion", List.of(X), outputs, terms);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("w", SQUARE);
    shapes.put("b", Shape.vector(SIZE));
    ParameterLayout layout = ParameterLayout.of(shapes);
    Parameters parameters = SIMD.parameters(layout);
    parameters.load(numbers(layout.size(), 1));
    Accumulators accumulators = SIMD.accumulators(layout);
    Buffer x = SIMD.buffer(X.type(), ROWS);
    x.set(numbers(x.count(), 2));
    Map<String, Buffer> results = new LinkedHashMap<>();
    graph.outputs().forEach((name, v) -> results.put(name, SIMD.buffer(v.type(), ROWS)));
    var execution =
        SIMD.compile(graph, ROWS).bind(Map.of("x", x), results, parameters, accumulators);
    execution.run();
    execution.run();
    Map<String, double[]> numbers = new LinkedHashMap<>();
    results.forEach(
        (name, buffer) -> {
          double[] values = new double[buffer.count()];
          buffer.get(values);
          numbers.put(name, values);
        });
    double[] gradient = new double[layout.size()];
    accumulators.total(gradient);
    numbers.put("gradient", gradient);
    return numbers;
  }

  private static double[] numbers(int count, int seed) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      double turn = (i + 1) * 0.6180339887498949 + seed * 0.3819660112501051;
      numbers[i] = 2 * (turn - Math.floor(turn)) - 1;
    }
    return numbers;
  }
}
