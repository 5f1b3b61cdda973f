package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.field.Field;
import org.anabranch.gradient.ReverseStep;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Perceptron;
import org.anabranch.solver.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimplificationTest {
  private static final Value X = Value.input("x", Type.perSample(3));
  private static final Value Y = Value.input("y", Type.perSample(3));
  private static final Value W = Value.parameter("w", Shape.matrix(3, 3));
  private static final Value B = Value.parameter("b", Shape.vector(3));

  private static Graph graph(Value y, Accumulation... terms) {
    return Graph.of("g", List.of(X, Y), Map.of("y", y), List.of(terms));
  }

  private static Graph checked(Graph before) {
    Graph after = Simplification.of(before);
    RewriteVerifier.verify(before, after);
    return after;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 12, 40})
  void randomGraphsKeepTheirBits(int size) {
    int simpler = 0;
    for (long seed = 0; seed < 150; seed++) {
      Graph before = MixedGraph.of(seed, size);
      Graph after = Simplification.of(before);
      RewriteVerifier.verify(before, after, seed);
      simpler += after.order().size() < before.order().size() ? 1 : 0;
    }
    assertThat(simpler).isGreaterThan(size);
  }

  @Test
  void pullbacksOfRandomGraphsKeepTheirBits() {
    for (long seed = 1000; seed < 1100; seed++) {
      Graph graph = MixedGraph.of(seed, 15);
      Map<String, Value> cotangents = new LinkedHashMap<>();
      List<Value> inputs = new ArrayList<>(graph.inputs().values());
      graph
          .outputs()
          .forEach(
              (name, y) -> {
                Value cotangent = Value.input("d." + name, y.type().working());
                inputs.add(cotangent);
                cotangents.put(name, cotangent);
              });
      Pullback pullback =
          Differentiation.pullback(graph, cotangents, List.copyOf(graph.inputs().keySet()));
      Graph before = Graph.of("pullback", inputs, pullback.cotangents(), pullback.accumulations());
      RewriteVerifier.verify(before, Simplification.of(before), seed);
    }
  }

  /** A network that sees the time, and an oscillator whose parts are cut out and joined again. */
  static Stream<Graph> graphsOfSolvers() {
    Perceptron network = new Perceptron("f", List.of(5, 9, 4), Activation.TANH);
    Field learned =
        Field.of(4, (t, y) -> network.apply(Value.concatenate(List.of(y, t.broadcast(1)))));
    Field cut =
        Field.of(
            4,
            (t, y) ->
                Value.concatenate(
                    List.of(y.slice(2, 2), y.slice(0, 2).negated().times(y.slice(2, 2)))));
    return Stream.of(learned, cut)
        .flatMap(
            field ->
                Stream.of(
                    Method.alf().step(field),
                    ReverseStep.fromEnd(Method.alf(), field),
                    Method.rk4().step(field),
                    ReverseStep.fromStart(Method.rk4(), field)));
  }

  @ParameterizedTest
  @MethodSource("graphsOfSolvers")
  void graphsOfSolversKeepTheirBits(Graph before) {
    Graph after = checked(before);
    assertThat(after.order()).hasSizeLessThanOrEqualTo(before.order().size());
    if (!before.accumulations().isEmpty() || before.name().endsWith("pullback")) {
      assertThat(after.order()).hasSizeLessThan(before.order().size());
    }
  }

  @Test
  void rulesMeetUntilNoneApplies() {
    Value one = Value.constant(0.5).plus(Value.constant(0.5));
    Value y = X.negated().times(one).negated().widened().narrowed().plus(Y.detached().negated());
    assertThat(checked(graph(y)).toString()).isEqualTo(graph(X.minus(Y)).toString());
  }

  @Test
  void graphsDeeperThanTheStackAreRewritten() {
    Value y = X;
    for (int i = 0; i < 60_000; i++) {
      y = (i % 2 == 0 ? y.times(1) : y.tanh()).negated();
    }
    Graph deep = graph(y);
    assertThat(Simplification.of(deep).order().size()).isBetween(30_000, 30_010);
  }

  @Test
  void aRuleWithoutEndIsStopped() {
    Rule endless = value -> value == X || value == Y ? value : value.negated();
    assertThatCode(() -> Simplification.by(List.of(endless), graph(X.tanh())))
        .doesNotThrowAnyException();
  }

  @Test
  void inputsThatAreNoLongerReadStayDeclared() {
    Graph after = checked(graph(Value.constant(0).select(X, Y)));
    assertThat(after.inputs()).containsOnlyKeys("x", "y");
    assertThat(after.order()).containsExactly(after.input("y"));
  }

  @Test
  void aSumDoesNotStartToBeginFromItsBias() {
    Value whole = Value.concatenate(List.of(W.appliedTo(X), Y));
    Graph before = graph(whole.slice(0, 3).plus(B));
    Graph after = checked(before);
    assertThat(after.order()).hasSizeLessThan(before.order().size());
    assertThat(after.output("y").operation())
        .isEqualTo(new Operation.Binary(BinaryFunction.ADD, b(after), product(after)));
    assertThatThrownBy(() -> RewriteVerifier.verify(before, graph(W.appliedTo(X).plus(B))))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aSumThatBeginsFromItsBiasStillDoes() {
    Value biased = W.appliedTo(X).plus(B);
    Graph before = graph(biased.plus(W.appliedTo(X.negated().negated())));
    Graph after = checked(before);
    assertThat(after.order().stream().filter(v -> v.operation() instanceof Operation.Product))
        .hasSize(1);
    assertThat(after.order()).anyMatch(BiasedSum::is);
  }

  @Test
  void aTermDoesNotStartToContinueARunningSum() {
    Value sum = Value.of(new Operation.RowSum(X));
    Value hidden = sum.negated().negated();
    Graph before = graph(Y, new Accumulation("b", hidden));
    Graph after = checked(before);
    assertThat(after.accumulations().get(0).term().operation())
        .isInstanceOf(Operation.Detach.class);
    assertThatThrownBy(() -> RewriteVerifier.verify(before, graph(Y, new Accumulation("b", sum))))
        .isInstanceOf(AssertionError.class);
  }

  private static Value product(Graph graph) {
    return only(graph, Operation.Product.class);
  }

  private static Value b(Graph graph) {
    return graph.order().stream()
        .filter(v -> v.operation().equals(B.operation()))
        .findFirst()
        .orElseThrow();
  }

  private static Value only(Graph graph, Class<? extends Operation> kind) {
    return graph.order().stream()
        .filter(v -> kind.isInstance(v.operation()))
        .findFirst()
        .orElseThrow();
  }
}
