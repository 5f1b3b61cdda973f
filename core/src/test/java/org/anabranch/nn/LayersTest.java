package org.anabranch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.graph.DerivativeCheck;
import org.anabranch.graph.Graph;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;

/** Softmax, layer normalisation and the gated recurrent unit against their formulas in float64. */
class LayersTest {
  private static final Value X = Value.input("x", Type.perSample(4));
  private static final Value H = Value.input("h", Type.perSample(3));
  private static final ParameterLayout NONE = ParameterLayout.of(Map.of());
  private static final GruCell CELL = new GruCell("gru", 4, 3);
  private static final LayerNorm NORM = new LayerNorm("norm", 4, 1e-5);

  private static void differentiates(Graph graph, ParameterLayout layout) {
    DerivativeCheck check = new DerivativeCheck(graph, layout, 2, 6);
    check.pullbackEqualsDifferences(1e-7);
    check.second().pullbackEqualsDifferences(1e-6);
    check.pushforwardIsTheTransposedPullback();
  }

  private static double[] on(Backend backend, Value y, double[] x) {
    Graph graph = Graph.of("f", List.of(X), Map.of("y", y));
    return new GraphRun(backend, graph, NONE, 1).set("x", x).run().get("y");
  }

  @Test
  void softmaxIsProportionalToTheExponentials() {
    double[] x = {0.5, -1, 2, 0};
    double sum = Arrays.stream(x).map(Math::exp).sum();
    double[] expected = Arrays.stream(x).map(v -> Math.exp(v) / sum).toArray();
    double[] logs = Arrays.stream(expected).map(Math::log).toArray();
    assertThat(on(new ReferenceBackend(), X.softmax(), x)).containsExactly(expected, within(1e-15));
    assertThat(on(new SimdBackend(), X.softmax(), x)).containsExactly(expected, within(2e-7));
    assertThat(on(new ReferenceBackend(), X.logSoftmax(), x)).containsExactly(logs, within(1e-14));
    assertThat(on(new SimdBackend(), X.logSoftmax(), x)).containsExactly(logs, within(1e-6));
    differentiates(Graph.of("softmax", List.of(X), Map.of("y", X.softmax())), NONE);
    differentiates(Graph.of("log-softmax", List.of(X), Map.of("y", X.logSoftmax())), NONE);
  }

  @Test
  void softmaxOfLargeNumbersDoesNotOverflow() {
    double[] x = {3e4, 3e4, -3e4, 0};
    assertThat(on(new SimdBackend(), X.softmax(), x)).containsExactly(0.5, 0.5, 0, 0);
    assertThat(on(new SimdBackend(), X.logSoftmax(), x)[2]).isEqualTo(-6e4, within(1.0));
  }

  @Test
  void layerNormalisationHasMeanZeroAndVarianceOne() {
    Graph graph = Graph.of("norm", List.of(X), Map.of("y", NORM.apply(X)));
    ParameterLayout layout = ParameterLayout.of(NORM.parameters());
    double[] x = {3, -1, 4, 10};
    double[] theta = {0, 0, 0, 1, 0, 0, 0, 0.25}; // gains, then biases
    // by hand: mean 4, variance (1 + 25 + 0 + 36)/4 = 15.5
    double d = Math.sqrt(15.5 + 1e-5);
    double[] expected = {-1 / d, -5 / d, 0, 2 * 6 / d + 0.25};
    for (Backend backend : new Backend[] {new ReferenceBackend(), new SimdBackend()}) {
      GraphRun run = new GraphRun(backend, graph, layout, 1).theta(theta);
      assertThat(run.set("x", x).run().get("y")).containsExactly(expected, within(4e-7));
    }
    differentiates(graph, layout);
    assertThatThrownBy(() -> new LayerNorm("norm", 4, 0)).hasMessageContaining("Use 1e-5");
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The published formula in loops. */
  private static double[] next(double[] theta, double[] x, double[] h) {
    double[] next = new double[3];
    for (int i = 0; i < 3; i++) {
      double r = sigmoid(sum(theta, i, x, 0, 36) + sum(theta, i, h, 45, 72));
      double z = sigmoid(sum(theta, 3 + i, x, 0, 36) + sum(theta, 3 + i, h, 45, 72));
      double n = Math.tanh(sum(theta, 6 + i, x, 0, 36) + r * sum(theta, 6 + i, h, 45, 72));
      next[i] = (1 - z) * n + z * h[i];
    }
    return next;
  }

  private static double sum(double[] theta, int row, double[] v, int weight, int bias) {
    double sum = theta[bias + row];
    for (int k = 0; k < v.length; k++) {
      sum += theta[weight + row * v.length + k] * v[k];
    }
    return sum;
  }

  @Test
  void gruCellIsThePublishedFormula() {
    Graph graph = Graph.of("gru", List.of(X, H), Map.of("y", CELL.apply(X, H)));
    ParameterLayout layout = ParameterLayout.of(CELL.parameters());
    assertThat(layout.view("gru.hidden.weight").offset()).isEqualTo(45);
    DerivativeCheck check = new DerivativeCheck(graph, layout, 1, 8);
    Map<String, double[]> point = check.point(graph);
    double[] expected =
        next(check.theta(), check.numbers("x", X.type()), check.numbers("h", H.type()));
    GraphRun exact = new GraphRun(new ReferenceBackend(), graph, layout, 1).theta(check.theta());
    GraphRun narrow = new GraphRun(new SimdBackend(), graph, layout, 1).theta(check.theta());
    assertThat(exact.set(point).run().get("y")).containsExactly(expected, within(1e-14));
    assertThat(narrow.set(point).run().get("y")).containsExactly(expected, within(5e-7));
    differentiates(graph, layout);
  }

  @Test
  void gruCellKeepsItsStateWhereTheUpdateGateIsShut() {
    GruCell cell = new GruCell("gru", 1, 1);
    Value x = Value.input("x", Type.perSample(1));
    Value h = Value.input("h", Type.perSample(1));
    Graph graph = Graph.of("gru", List.of(x, h), Map.of("y", cell.apply(x, h)));
    ParameterLayout layout = ParameterLayout.of(cell.parameters());
    // z = 1: the state stays; z = 1/2 and r = 1/2: (tanh(x + h/2) + h)/2
    double[] shut = {0, 0, 1, 0, 100, 0, 0, 0, 1, 0, 0, 0};
    double[] half = {0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0};
    GraphRun run = new GraphRun(new ReferenceBackend(), graph, layout, 1);
    run.set("x", new double[] {0.4}).set("h", new double[] {-0.7});
    assertThat(run.theta(shut).run().get("y")[0]).isEqualTo(-0.7, within(1e-15));
    assertThat(run.theta(half).run().get("y")[0])
        .isEqualTo((Math.tanh(0.05) - 0.7) / 2, within(1e-15));
  }
}
