package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrawingTest {
  private static final Value T = Value.input("t", Type.time());
  private static final Value X = Value.input("x", Type.perSample(2));
  private static final Value W = Value.parameter("w", Shape.matrix(2, 2));

  private static Graph graph(String name, Value y, Accumulation... terms) {
    return Graph.of(name, List.of(T, X), Map.of("y", y), List.of(terms));
  }

  @Test
  void valuesAreNodesAndReadsAreEdges() {
    Value y = W.appliedTo(X).times(T.narrowed());
    Accumulation term = new Accumulation("w", Value.of(new Operation.RowProduct(X, X)));
    assertThat(graph("field", y, term).toDot().lines().map(String::strip))
        .containsExactly(
            "digraph \"field\" {",
            "node [fontname=\"Helvetica\", fontsize=11];",
            "n0 [label=\"t\\nshared[]f64\", shape=box, style=dashed, penwidth=2.5];",
            "n1 [label=\"narrow(a)\", shape=ellipse, style=dashed];",
            "n0 -> n1;",
            "n2 [label=\"x\\nsample[2]\", shape=box];",
            "n3 [label=\"w\\nshared[2x2]\", shape=box, style=dashed];",
            "n4 [label=\"(a·b)\", shape=ellipse];",
            "n3 -> n4 [label=\"a\", fontsize=8];",
            "n2 -> n4 [label=\"b\", fontsize=8];",
            "n5 [label=\"(a * b)\", shape=ellipse];",
            "n4 -> n5 [label=\"a\", fontsize=8];",
            "n1 -> n5 [label=\"b\", fontsize=8];",
            "n6 [label=\"rowsum(a·aᵀ)\", shape=ellipse, style=dashed];",
            "n2 -> n6 [label=\"a\", fontsize=8];",
            "n2 -> n6 [label=\"a\", fontsize=8];",
            "o0 [label=\"y\", shape=box, peripheries=2];",
            "n5 -> o0;",
            "o1 [label=\"dw +=\", shape=box, peripheries=2];",
            "n6 -> o1;",
            "}");
  }

  @Test
  void manyOperandsHaveNumbers() {
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < 28; i++) {
      parts.add(Value.input("x" + i, Type.perSample(1)));
    }
    String dot = Graph.of("wide", parts, Map.of("y", Value.concatenate(parts))).toDot();
    assertThat(dot).contains("y, z, 27, 28]\"").contains("n27 -> n28 [label=\"a\"");
    assertThat(dot).contains("n0 -> n28 [label=\"28\"");
  }

  @Test
  void namesAreEscaped() {
    Value odd = Value.input("a\"b\\n\nc{d}|<e>", Type.perSample(1));
    String dot = Graph.of("g\"]; x", List.of(odd), Map.of("\"", odd.tanh())).toDot();
    assertThat(dot)
        .contains("digraph \"g\\\"]; x\" {")
        .contains("n0 [label=\"a\\\"b\\\\n\\nc{d}|<e>\\nsample[1]\", shape=box];")
        .contains("o0 [label=\"\\\"\", shape=box");
  }
}
