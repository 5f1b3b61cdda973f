package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static final Value T = Value.input("t", Type.time());
  private static final Value X = Value.input("x", Type.perSample(2));
  private static final Value W = Value.parameter("w", Shape.matrix(2, 2));
  private static final Value B = Value.parameter("b", Shape.vector(2));

  private static Graph graph(Value y, Accumulation... terms) {
    return Graph.of("g", List.of(T, X), Map.of("y", y), List.of(terms));
  }

  @Test
  void shortExpressionsStandWhereTheyAreRead() {
    Value y = W.transposeAppliedTo(X).plus(B).tanh().negated();
    assertThat(graph(y))
        .hasToString(
            """
            graph g(t: shared[]f64, x: sample[2])
              y = (-tanh(((wᵀ·x) + b)))
            """);
  }

  @Test
  void whatIsReadTwiceHasANumberAndAType() {
    Value k = X.times(T.times(0.5).narrowed());
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("y", k.square().slice(0, 1));
    outputs.put("k", k);
    Accumulation term = new Accumulation("w", Value.of(new Operation.RowProduct(k, X)));
    assertThat(Graph.of("g", List.of(T, X), outputs, List.of(term)))
        .hasToString(
            """
            graph g(t: shared[]f64, x: sample[2])
              %0: sample[2] = (x * narrow((t * 0.5)))
              y = square(%0)[0:1]
              k = %0
              dw += rowsum(%0·xᵀ)
            """);
  }

  @Test
  void constantsShowTheirNumbers() {
    Value y =
        Value.constant(List.of(1.0, -0.0))
            .lessThan(X)
            .select(Value.zeros(Shape.vector(2)), Value.constant(0.1).broadcast(2));
    assertThat(graph(y).toString()).contains(" = (([1, -0.0] < x) ? 0[2] : repeat(0.1, 2))");
  }

  @Test
  void longExpressionsAreBroken() {
    Value y = X;
    for (int i = 0; i < 100; i++) {
      y = y.tanh().plus(1);
    }
    assertThat(graph(y).toString().lines())
        .allMatch(line -> line.length() < 80)
        .hasSizeGreaterThan(10);
  }
}
