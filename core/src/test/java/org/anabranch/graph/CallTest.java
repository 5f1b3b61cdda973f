package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.junit.jupiter.api.Test;

class CallTest {
  private static final Shape SQUARE = Shape.matrix(3, 3);
  private static final ParameterLayout LAYOUT = ParameterLayout.of(Map.of("w", SQUARE));
  private static final Value T = Value.input("t", Type.time());
  private static final Value Y = Value.input("y", Type.perSample(3));

  /** A field with two outputs, of the time and the state. */
  private static Graph field() {
    Value hidden = Value.parameter("w", SQUARE).appliedTo(Y).plus(T.narrowed()).tanh();
    return Graph.of("field", List.of(T, Y), Map.of("f", hidden, "rate", hidden.square().sum()));
  }

  /** Two stages of one field. */
  private static Graph step(Graph field, boolean asCalls) {
    Map<String, Value> first = stage(field, asCalls, T, Y);
    Value middle = Y.plus(of(first, "f").times(0.3));
    Map<String, Value> second = stage(field, asCalls, T.plus(0.5), middle);
    Value end = middle.plus(of(second, "f").times(of(first, "rate")));
    return Graph.of("step", List.of(T, Y), Map.of("y", end, "rate", of(second, "rate")));
  }

  private static Map<String, Value> stage(Graph field, boolean asCalls, Value t, Value y) {
    Map<String, Value> arguments = Map.of("t", t, "y", y);
    return asCalls ? field.call(arguments) : field.apply(arguments);
  }

  private static Value of(Map<String, Value> values, String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new AssertionError(name);
    }
    return value;
  }

  private static DerivativeCheck check(Graph graph) {
    return new DerivativeCheck(graph, LAYOUT, 2, 4);
  }

  @Test
  void computesWhatTheBodyDoes() {
    for (Backend backend : new Backend[] {new ReferenceBackend(), new SimdBackend()}) {
      double[][] both = new double[2][];
      for (int i = 0; i < 2; i++) {
        Graph step = step(field(), i == 0);
        GraphRun run = new GraphRun(backend, step, LAYOUT, 2).theta(check(step).theta());
        both[i] = run.set(check(step).point(step)).run().get("y");
      }
      assertThat(both[0]).as(backend.name()).isEqualTo(both[1]);
    }
  }

  @Test
  void bothProductsAndTheirProductsEqualDifferences() {
    DerivativeCheck check = check(step(field(), true));
    check.pullbackEqualsDifferences(1e-8);
    check.pushforwardIsTheTransposedPullback();
    check.second().pullbackEqualsDifferences(1e-7);
    check.second().pushforwardIsTheTransposedPullback();
    check.second().second().pushforwardIsTheTransposedPullback();
  }

  @Test
  void gradientsOfTheBodysParametersReachTheCaller() {
    double[][] both = new double[2][];
    for (int i = 0; i < 2; i++) {
      DerivativeCheck check = check(step(field(), i == 0));
      Graph pullback = check.pullback();
      GraphRun run = new GraphRun(new ReferenceBackend(), pullback, LAYOUT, 2);
      both[i] = run.theta(check.theta()).set(check.point(pullback)).run().gradient();
    }
    assertThat(both[0]).containsExactly(both[1], within(1e-14));
    assertThat(both[0]).doesNotContain(0);
  }

  @Test
  void theProductOfCallsIsCallsOfOneProduct() {
    Set<Graph> bodies = bodies(check(step(field(), true)).pullback());
    assertThat(bodies).hasSize(2);
    assertThat(bodies).extracting(Graph::name).containsOnly("field", "field'");
  }

  private static Set<Graph> bodies(Graph graph) {
    Set<Graph> bodies = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Value value : graph.order()) {
      if (value.operation() instanceof Call call) {
        bodies.add(call.graph());
      }
    }
    return bodies;
  }

  @Test
  void inliningLeavesNoCallAndAGraphWithoutCallsAlone() {
    Graph inner = field();
    Graph outer = step(inner, true);
    Graph twice = Graph.of("twice", List.of(T, Y), outer.call(Map.of("t", T, "y", Y.tanh())));
    assertThat(bodies(twice)).hasSize(1);
    assertThat(bodies(twice.inlined())).isEmpty();
    assertThat(inner.inlined()).isSameAs(inner);
    check(twice).pullbackEqualsDifferences(1e-8);
  }

  /** The field's inputs are the caller's own here: an argument must not be substituted again. */
  @Test
  void argumentsMayReadTheInputsOfTheBody() {
    Graph swap = Graph.of("swap", List.of(Y, T), Map.of("y", Y.times(T.narrowed())));
    Value later = Y.plus(T.narrowed());
    Map<String, Value> arguments = Map.of("y", later, "t", T.plus(1));
    double[] y = {1, 2, 3};
    for (Map<String, Value> result : List.of(swap.call(arguments), swap.apply(arguments))) {
      Graph graph = Graph.of("twice", List.of(T, Y), result);
      GraphRun run = new GraphRun(new ReferenceBackend(), graph, LAYOUT, 1).set("y", y);
      double[] expected = {(1 + 0.5) * 1.5, (2 + 0.5) * 1.5, (3 + 0.5) * 1.5};
      assertThat(run.set("t", new double[] {0.5}).run().get("y")).containsExactly(expected);
    }
  }

  @Test
  void twoOutputsOfOneCallAreOneEvaluation() {
    Map<String, Value> results = field().call(Map.of("t", T, "y", Y));
    Graph graph =
        Graph.of("both", List.of(T, Y), Map.of("y", of(results, "f").times(of(results, "rate"))));
    long products =
        graph.inlined().order().stream()
            .filter(value -> value.operation() instanceof Operation.Product)
            .count();
    assertThat(products).isOne();
  }

  @Test
  void wrongArgumentsAreRefusedWithTheExpectedType() {
    Graph field = field();
    assertThatThrownBy(() -> field.call(Map.of("t", T)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Call of field: no argument for the input 'y'. Given are [t].");
    assertThatThrownBy(() -> field.call(Map.of("t", T, "y", Y.sum())))
        .hasMessage(
            "Call of field: the argument 'y' is SUM_OF_COMPONENTS('y') of type sample[], expected sample[3].");
    Graph pullback = check(field).pullback();
    assertThatThrownBy(() -> pullback.call(pullback.inputs()))
        .hasMessageContaining("it adds to 1 gradients");
  }
}
