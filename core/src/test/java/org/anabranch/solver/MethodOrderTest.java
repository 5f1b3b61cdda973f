package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders as measured on a non-linear, non-autonomous equation in float64. */
class MethodOrderTest {
  private static final double START = 0.4;

  /**
   * A method with what its papers claim.
   *
   * @param steps from 0 to the end, where its error is far above round-off
   * @param h a step, likewise
   * @param estimateOrder 0 for none
   * @param evaluations of step, error and interpolant together
   */
  private record Case(
      Method method,
      int order,
      double end,
      int steps,
      double h,
      int estimateOrder,
      int denseOrder,
      int evaluations) {
    @Override
    public String toString() {
      return method.name();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        explicit(PublishedTableaux.EULER, 1, 1.2, 512, 0.01, 0, 1, 2),
        explicit(PublishedTableaux.MIDPOINT, 2, 1.2, 256, 0.01, 1, 2, 3),
        explicit(PublishedTableaux.HEUN, 2, 1.2, 256, 0.01, 1, 2, 3),
        explicit(PublishedTableaux.RALSTON, 2, 1.2, 256, 0.01, 1, 2, 3),
        explicit(PublishedTableaux.BOSH3, 3, 1.2, 128, 0.02, 2, 3, 3),
        explicit(PublishedTableaux.RK4, 4, 1.2, 64, 0.02, 0, 3, 5),
        explicit(PublishedTableaux.DOPRI5, 5, 1.7, 256, 0.05, 4, 4, 6),
        explicit(PublishedTableaux.TSIT5, 5, 1.7, 256, 0.05, 4, 4, 6),
        explicit(DormandPrince853.TABLEAU, 8, 1.5, 16, 0.1, 7, 7, 16),
        new Case(Method.rodas4(), 4, 1.2, 64, 0.02, 3, 3, 6),
        new Case(Method.alf(1), 2, 1.2, 256, 0.01, 1, 2, 1),
        new Case(Method.alf(), 2, 1.2, 256, 0.01, 1, 2, 1),
        new Case(Method.alf(0.9), 1, 1.2, 512, 0.01, 1, 1, 1),
        coupled(PublishedTableaux.HEUN, 2, 1.2, 256, 0.01, 1, 2, 4),
        coupled(PublishedTableaux.BOSH3, 3, 1.2, 512, 0.02, 2, 3, 7),
        coupled(PublishedTableaux.RK4, 4, 1.2, 64, 0.02, 0, 3, 8),
        coupled(PublishedTableaux.DOPRI5, 5, 1.1, 64, 0.05, 4, 4, 13));
  }

  private static Case explicit(
      Tableau tableau,
      int order,
      double end,
      int steps,
      double h,
      int estimateOrder,
      int denseOrder,
      int evaluations) {
    Method method = Method.explicit(tableau);
    return new Case(method, order, end, steps, h, estimateOrder, denseOrder, evaluations);
  }

  private static Case coupled(
      Tableau tableau,
      int order,
      double end,
      int steps,
      double h,
      int estimateOrder,
      int denseOrder,
      int evaluations) {
    Method method = Method.reversible(tableau, 0.95);
    return new Case(method, order, end, steps, h, estimateOrder, denseOrder, evaluations);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theErrorAtTheEndFallsWithTheOrder(Case c) {
    double coarse = Trigonometric.globalError(c.method(), c.end(), c.steps());
    double fine = Trigonometric.globalError(c.method(), c.end(), 2 * c.steps());
    assertThat(c.method().order()).isEqualTo(c.order());
    assertThat(slope(coarse, fine)).isCloseTo(c.order(), within(0.25));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theErrorEstimateFallsWithItsOrder(Case c) {
    assertThat(c.method().error(Trigonometric.FIELD).isPresent()).isEqualTo(c.estimateOrder() > 0);
    if (c.estimateOrder() == 0) {
      assertThatThrownBy(c.method()::estimateOrder).hasMessageContaining("no error estimate");
      return;
    }
    assertThat(c.method().estimateOrder()).isEqualTo(c.estimateOrder());
    double slope = slope(estimate(c, c.h()), estimate(c, c.h() / 2));
    assertThat(slope).isCloseTo(c.estimateOrder() + 1, within(0.3));
  }

  private static double estimate(Case c, double h) {
    Graph graph = c.method().error(Trigonometric.FIELD).orElseThrow();
    return norm(Trigonometric.start(c.method(), START, h).get(graph, "error"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theInterpolantFollowsTheSolutionWithItsOrder(Case c) {
    double slope = slope(interpolationError(c, c.h()), interpolationError(c, c.h() / 2));
    assertThat(slope).isCloseTo(c.denseOrder() + 1, within(0.35));
  }

  private static double interpolationError(Case c, double h) {
    Map<String, double[]> coefficients = coefficients(c, h);
    double worst = 0;
    for (int i = 1; i < 10; i++) {
      double[] y = polynomial(Trigonometric.at(START), coefficients, i / 10.0);
      worst = Math.max(worst, Trigonometric.error(y, START + i / 10.0 * h));
    }
    return worst;
  }

  private static Map<String, double[]> coefficients(Case c, double h) {
    Graph graph = c.method().interpolant(Trigonometric.FIELD).orElseThrow();
    return Trigonometric.start(c.method(), START, h).outputs(graph);
  }

  private static double[] polynomial(double[] y, Map<String, double[]> coefficients, double theta) {
    double[] value = y.clone();
    for (int power = 1; power <= coefficients.size(); power++) {
      add(value, coefficients, power, Math.pow(theta, power));
    }
    return value;
  }

  private static void add(
      double[] value, Map<String, double[]> coefficients, int power, double factor) {
    double[] numbers = coefficients.getOrDefault("c." + power, new double[0]);
    assertThat(numbers).hasSameSizeAs(value);
    for (int i = 0; i < value.length; i++) {
      value[i] += factor * numbers[i];
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theInterpolantEndsWhereTheStepEndsWithTheSlopesAtBothEnds(Case c) {
    Map<String, double[]> coefficients = coefficients(c, c.h());
    StepRun start = Trigonometric.start(c.method(), START, c.h());
    String solution = c.method().state().get(0);
    Graph step = c.method().step(Trigonometric.FIELD);
    double[] y1 = start.get(step, solution);
    double[] first = new double[4];
    double[] last = new double[4];
    add(first, coefficients, 1, 1 / c.h());
    for (int power = 1; power <= coefficients.size(); power++) {
      add(last, coefficients, power, power / c.h());
    }
    assertClose(polynomial(start.state(solution), coefficients, 1), y1, 1e-13);
    if (c.method() instanceof Rosenbrock) {
      return; // Its dense output has no claim on slopes.
    }
    boolean exact = c.method() instanceof ReversibleMethod reversible && reversible.bitExact();
    assertClose(first, slopeOfTheField(START, Trigonometric.at(START)), exact ? 5e-9 : 2e-11);
    boolean ownVelocity = c.method().state().contains("v");
    assertClose(
        last, ownVelocity ? start.get(step, "v") : slopeOfTheField(START + c.h(), y1), 2e-11);
  }

  private static void assertClose(double[] actual, double[] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(tolerance * Math.abs(expected[i])));
    }
  }

  private static double[] slopeOfTheField(double t, double[] y) {
    Graph graph = Trigonometric.FIELD.graph();
    return new StepRun(Map.of("t", new double[] {t}, "y", y)).get(graph, "drift");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepErrorAndInterpolantShareTheirEvaluations(Case c) {
    Field field = Field.of(2, (t, y) -> y.times(t).tanh());
    Graph step = c.method().step(field);
    Map<String, Value> outputs = new LinkedHashMap<>(step.outputs());
    c.method().error(field).ifPresent(error -> outputs.putAll(error.outputs()));
    c.method().interpolant(field).ifPresent(graph -> outputs.putAll(graph.outputs()));
    List<Value> inputs = new ArrayList<>(step.inputs().values());
    assertThat(activations(Graph.of("all", inputs, outputs))).isEqualTo(c.evaluations());
  }

  private static long activations(Graph graph) {
    return graph.order().stream()
        .filter(
            v ->
                v.operation() instanceof Operation.Unary unary
                    && unary.function() == UnaryFunction.TANH)
        .count();
  }

  @Test
  void theClosedFormSolvesTheEquation() {
    double t = 0.7;
    double h = 1e-5;
    double[] slope = slopeOfTheField(t, Trigonometric.at(t));
    for (int i = 0; i < slope.length; i++) {
      double difference = (Trigonometric.at(t + h)[i] - Trigonometric.at(t - h)[i]) / (2 * h);
      assertThat(slope[i]).isCloseTo(difference, within(1e-7 * Math.abs(difference)));
    }
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double number : x) {
      sum += number * number;
    }
    return Math.sqrt(sum);
  }

  private static double slope(double coarse, double fine) {
    return Math.log(coarse / fine) / Math.log(2);
  }
}
