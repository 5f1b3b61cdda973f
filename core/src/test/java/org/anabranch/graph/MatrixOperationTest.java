package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Matrices of samples: derivatives against differences, values against hand-written numbers. */
class MatrixOperationTest {
  private static final ParameterLayout NONE = ParameterLayout.of(Map.of());
  private static final Value M = Value.input("m", Type.perSample(Shape.matrix(2, 3)));
  private static final double[] NUMBERS = {1, 2, 3, 4, 5, 6};

  static List<Graph> graphs() {
    return Expressions.small();
  }

  private static DerivativeCheck check(Graph graph) {
    return new DerivativeCheck(graph, new Expressions(3, 4).layout(), 3, 11);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void pullbackEqualsDifferences(Graph graph) {
    check(graph).pullbackEqualsDifferences(1e-7);
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

  private static double[] on(Backend backend, Value y) {
    Graph graph = Graph.of("f", List.of(M), Map.of("y", y));
    return new GraphRun(backend, graph, NONE, 1).set("m", NUMBERS).run().get("y");
  }

  private static void isEverywhere(Value y, double... expected) {
    assertThat(on(new ReferenceBackend(), y)).containsExactly(expected);
    assertThat(on(new SimdBackend(), y)).containsExactly(expected);
  }

  @Test
  void matricesLieRowByRow() {
    Value two = Value.constant(List.of(1.0, 10.0));
    Value three = Value.constant(List.of(1.0, 10.0, 100.0));
    isEverywhere(M.appliedTo(three), 321, 654);
    isEverywhere(M.transposeAppliedTo(two), 41, 52, 63);
    isEverywhere(M.transposed(), 1, 4, 2, 5, 3, 6);
    isEverywhere(M.rowSums(), 6, 15);
    isEverywhere(M.columnSums(), 5, 7, 9);
    isEverywhere(M.row(1), 4, 5, 6);
    isEverywhere(M.rows(1, 1).reshaped(Shape.matrix(3, 1)), 4, 5, 6);
    isEverywhere(M.row(0).repeatedRows(2), 1, 2, 3, 1, 2, 3);
    isEverywhere(M.row(0).repeatedColumns(2), 1, 1, 2, 2, 3, 3);
    isEverywhere(M.row(0).outer(M.row(1)), 4, 5, 6, 8, 10, 12, 12, 15, 18);
    isEverywhere(M.flattened().gather(List.of(5, 0, 5)), 6, 1, 6);
    isEverywhere(M.row(0).scatterAdd(List.of(1, 3, 1), 4), 0, 4, 0, 2);
    isEverywhere(Value.stacked(List.of(M.row(1), M.row(0))), 4, 5, 6, 1, 2, 3);
  }

  @Test
  void aReshapedOutputAndAReshapedInputAreCopies() {
    isEverywhere(M.reshaped(Shape.matrix(3, 2)), NUMBERS);
    isEverywhere(M.tanh().sum().reshaped(Shape.vector(1)).times(0), 0);
  }

  @Test
  void gradientsOfAReshapedAndOfASummedParameterArrive() {
    for (Graph graph : Expressions.small()) {
      if (graph.name().contains("parameter") || graph.name().contains("component")) {
        DerivativeCheck check = check(graph);
        Graph pullback = check.pullback();
        double[] narrow = gradient(new SimdBackend(), check, pullback);
        double[] expected = gradient(new ReferenceBackend(), check, pullback);
        assertThat(narrow).as(graph.name()).containsExactly(expected, within(1e-5));
      }
    }
  }

  private static double[] gradient(Backend backend, DerivativeCheck check, Graph pullback) {
    GraphRun run = new GraphRun(backend, pullback, check.layout(), check.rows());
    return run.theta(check.theta()).set(check.point(pullback)).run().gradient();
  }

  @Test
  void aSingularSampleIsNotANumberAndItsNeighboursAreSolved() {
    Value a = Value.input("a", Type.perSample(Shape.matrix(2, 2)));
    Value b = Value.input("b", Type.perSample(2));
    Graph graph = Graph.of("solve", List.of(a, b), Map.of("y", a.solve(b)));
    double[] matrices = {0, 2, 4, 0, 1, 2, 2, 4, Double.NaN, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 1};
    double[] right = {2, 8, 1, 1, 1, 1, 1, 1, 6, 5};
    for (Backend backend : new Backend[] {new ReferenceBackend(), new SimdBackend()}) {
      GraphRun run = new GraphRun(backend, graph, NONE, 5);
      double[] y = run.set("a", matrices).set("b", right).run().get("y");
      double nan = Double.NaN;
      assertThat(y).as(backend.name()).containsExactly(2, 1, nan, nan, nan, nan, nan, nan, 2, 5);
    }
  }

  @Test
  void aTinyPivotIsExchanged() {
    Value a = Value.constant(List.of(1e-20, 1.0, 1.0, 1.0)).reshaped(Shape.matrix(2, 2));
    isEverywhere(a.solve(M.row(0).slice(0, 2)), 1, 1);
  }

  @Test
  void anIllTypedOperationSaysWhichAndWhatWasExpected() {
    assertThatThrownBy(() -> M.tanh().appliedTo(Value.input("x", Type.perSample(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "BATCH_PRODUCT(TANH('m'), 'x'): a matrix of sample[2x3] meets a vector of sample[2]. Expected a matrix and a vector of 3 components, both in working precision.");
    assertThatThrownBy(() -> M.outer(M)).hasMessageContaining("OUTER_PRODUCT('m', 'm')");
    assertThatThrownBy(() -> M.flattened().gather(List.of(0, 6)))
        .hasMessageContaining("the index 6 is outside sample[6]. Indices are 0 to 5");
    assertThatThrownBy(() -> M.reshaped(Shape.vector(5)))
        .hasMessageContaining("sample[2x3] has 6 components, [5] has 5");
    assertThatThrownBy(() -> M.solve(M.row(0))).hasMessageContaining("square matrix");
    assertThatThrownBy(() -> M.row(0).scatterAdd(List.of(0, 1), 4))
        .hasMessageContaining("indices are 2");
    assertThatThrownBy(() -> M.row(0).transposed()).hasMessageContaining("It must be a matrix");
    assertThatThrownBy(() -> Value.stacked(List.of(M, M.transposed())))
        .hasMessageContaining("a part is sample[2x3], the last has 2 columns");
  }
}
