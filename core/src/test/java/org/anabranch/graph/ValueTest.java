package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.anabranch.backend.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the methods build, by its numbers. */
class ValueTest {
  private static final ParameterLayout NONE = ParameterLayout.of(Map.of());
  private static final double[] X = {-2, -0.5, 0, 0.25, 3};

  private static double[] of(UnaryOperator<Value> expression) {
    Value x = Value.input("x", Type.perSample(X.length));
    Graph graph = Graph.of("f", List.of(x), Map.of("y", expression.apply(x)));
    return new GraphRun(new ReferenceBackend(), graph, NONE, 1).set("x", X).run().get("y");
  }

  private static double[] slope(UnaryOperator<Value> expression) {
    Value x = Value.input("x", Type.perSample(X.length));
    Graph graph = Graph.of("f", List.of(x), Map.of("y", expression.apply(x)));
    Map<String, Value> ones = Map.of("x", x.unary(UnaryFunction.STEP).times(0).plus(1));
    Graph pushed = Graph.of("slope", List.of(x), Differentiation.pushforward(graph, ones));
    return new GraphRun(new ReferenceBackend(), pushed, NONE, 1).set("x", X).run().get("y");
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, -1, 0, 1, 2, 3, 7, 12})
  void wholePowersAreThoseOfJava(int exponent) {
    double[] y = of(x -> x.plus(0.75).power(exponent));
    double[] dy = slope(x -> x.plus(0.75).power(exponent));
    for (int i = 0; i < X.length; i++) {
      double expected = Math.pow(X[i] + 0.75, exponent);
      assertThat(y[i]).isCloseTo(expected, within(1e-14 * Math.abs(expected)));
      double derivative = exponent * Math.pow(X[i] + 0.75, exponent - 1);
      assertThat(dy[i]).isCloseTo(derivative, within(1e-13 * Math.abs(derivative)));
    }
  }

  @Test
  void powersOfZeroHaveFiniteDerivatives() {
    double[] byBase = slope(x -> x.relu().power(Value.constant(2)));
    assertThat(byBase).containsExactly(0, 0, 0, 0.5, 6);
    double[] byExponent = slope(x -> Value.constant(0).power(x.square().plus(1)));
    assertThat(byExponent).containsOnly(0);
  }

  @Test
  void clampKeepsTheSlopeInsideAndAtItsBounds() {
    assertThat(of(x -> x.clamp(-0.5, 0.25))).containsExactly(-0.5, -0.5, 0, 0.25, 0.25);
    assertThat(slope(x -> x.clamp(-0.5, 0.25))).containsExactly(0, 1, 1, 1, 0);
  }

  @Test
  void comparisonsAreOneOrZero() {
    Value zero = Value.constant(0);
    assertThat(of(x -> x.greaterThan(zero))).containsExactly(0, 0, 0, 1, 1);
    assertThat(of(x -> x.greaterOrEqual(zero))).containsExactly(0, 0, 1, 1, 1);
    assertThat(of(x -> x.minimum(zero))).containsExactly(-2, -0.5, 0, 0, 0);
    assertThat(of(x -> x.maximum(zero))).containsExactly(0, 0, 0, 0.25, 3);
  }
}
