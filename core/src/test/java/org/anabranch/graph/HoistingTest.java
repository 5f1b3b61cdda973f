package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoistingTest {
  private static final Value T = Value.input("t", Type.time());
  private static final Value X = Value.input("x", Type.perSample(3));
  private static final Value W = Value.parameter("w", Shape.matrix(3, 3));
  private static final Value B = Value.parameter("b", Shape.vector(3));
  private static final Value BY_TIME = B.times(T.times(0.5).narrowed()).tanh();
  private static final Value BY_PARAMETERS = W.times(W).exp();
  private static final Graph GRAPH =
      graph(BY_PARAMETERS.appliedTo(X).plus(BY_TIME).times(T.narrowed()));

  private static Graph graph(Value y, Accumulation... terms) {
    return Graph.of("g", List.of(T, X), Map.of("y", y), List.of(terms));
  }

  /** Both parts as one graph again. */
  private static Graph joined(Graph graph, Hoisting hoisting) {
    Substitution values = new Substitution();
    hoisting
        .prologue()
        .outputs()
        .forEach((name, value) -> values.replace(hoisting.body().input(name), value));
    Map<String, Value> outputs = new LinkedHashMap<>();
    hoisting.body().outputs().forEach((name, value) -> outputs.put(name, values.apply(value)));
    List<Accumulation> terms = new ArrayList<>();
    for (Accumulation term : hoisting.body().accumulations()) {
      terms.add(new Accumulation(term.parameter(), values.apply(term.term())));
    }
    return Graph.of(graph.name(), List.copyOf(graph.inputs().values()), outputs, terms);
  }

  private static List<Operation> computed(Graph graph) {
    return graph.order().stream()
        .map(Value::operation)
        .filter(operation -> !operation.operands().isEmpty())
        .toList();
  }

  @Test
  void whatDependsOnParametersAndTimeIsComputedOnceAStep() {
    Hoisting hoisting = Hoisting.of(GRAPH, Set.of("t"));
    assertThat(hoisting.prologue().inputs()).containsOnlyKeys("t");
    assertThat(hoisting.prologue().outputs())
        .containsOnlyKeys("hoisted.0", "hoisted.1", "hoisted.2");
    assertThat(computed(hoisting.body())).hasSize(3);
    assertThat(computed(hoisting.prologue())).hasSize(computed(GRAPH).size() - 3);
  }

  @Test
  void withoutAKnownInputOnlyParametersAreWorkedUponBefore() {
    Hoisting hoisting = Hoisting.of(GRAPH, Set.of());
    assertThat(hoisting.prologue().outputs()).hasSize(1);
    assertThat(hoisting.prologue().inputs()).isEmpty();
    assertThat(computed(hoisting.prologue())).hasSize(2);
  }

  @Test
  void whatDependsOnSamplesStays() {
    Value sums = Value.of(new Operation.RowSum(X)).tanh();
    Hoisting hoisting = Hoisting.of(graph(X.plus(sums)), Set.of("t"));
    assertThat(hoisting.prologue().outputs()).isEmpty();
    assertThat(computed(hoisting.body())).hasSize(3);
  }

  @Test
  void parametersInputsAndConstantsAreReadWhereTheyAre() {
    Hoisting hoisting = Hoisting.of(graph(W.appliedTo(X).plus(B).times(2)), Set.of("t"));
    assertThat(hoisting.prologue().outputs()).isEmpty();
    assertThat(hoisting.body().inputs()).containsOnlyKeys("t", "x");
  }

  @Test
  void outputsAndTermsThatNeedNoSampleArePassedThrough() {
    Value decay = B.times(0.5);
    Hoisting hoisting = Hoisting.of(graph(decay, new Accumulation("b", decay)), Set.of());
    assertThat(computed(hoisting.body())).isEmpty();
    assertThat(hoisting.body().accumulations().get(0).term())
        .isSameAs(hoisting.body().input("hoisted.0"));
  }

  @Test
  void theBodyCanBeSplitAgain() {
    Hoisting once = Hoisting.of(GRAPH, Set.of());
    Hoisting twice = Hoisting.of(once.body(), Set.of("t"));
    assertThat(twice.body().inputs())
        .containsKeys("hoisted.0", "hoisted.1", "hoisted.2")
        .hasSize(5);
  }

  @Test
  void bothPartsTogetherAreTheGraph() {
    for (long seed = 0; seed < 200; seed++) {
      Graph graph = MixedGraph.of(seed, 30);
      Set<String> known = seed % 2 == 0 ? Set.of("t", "c3") : Set.of();
      Hoisting hoisting = Hoisting.of(graph, known);
      assertThat(joined(graph, hoisting).toString()).isEqualTo(graph.toString());
    }
  }

  @Test
  void bothPartsOneAfterTheOtherGiveTheBitsOfTheGraph() {
    for (long seed = 0; seed < 60; seed++) {
      Graph graph = MixedGraph.of(seed, 30);
      Hoisting hoisting = Hoisting.of(graph, Set.of("t", "c1", "c3", "c4"));
      RewriteVerifier.verify(graph, List.of(hoisting.prologue(), hoisting.body()), seed);
    }
  }

  @Test
  void anInputOfSamplesCannotBeKnown() {
    assertThatThrownBy(() -> Hoisting.of(GRAPH, Set.of("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'x' is sample[3]")
        .hasMessageContaining("Only shared inputs");
    assertThatThrownBy(() -> Hoisting.of(GRAPH, Set.of("u")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'u'");
  }
}
