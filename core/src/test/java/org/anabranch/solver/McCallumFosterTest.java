package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class McCallumFosterTest {
  static List<Arguments.ArgumentSet> tableaux() {
    return PublishedTableaux.all().stream()
        .map(tableau -> Arguments.argumentSet(tableau.name(), tableau))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("tableaux")
  void unstepAfterStepRestoresTheState(Tableau tableau) {
    assertThat(roundTrip(Method.reversible(tableau, 0.9), 0.05)).isBetween(0.0, 1e-14);
  }

  @ParameterizedTest
  @MethodSource("tableaux")
  void unstepAfterStepRestoresEveryBitOfAnUndampedCoupling(Tableau tableau) {
    assertThat(roundTrip(Method.reversible(tableau, 1), 0.05)).isZero();
  }

  /**
   * The largest relative error of y and z after a step and back, from a state where they differ.
   */
  private static double roundTrip(ReversibleMethod method, double h) {
    Field field = Trigonometric.FIELD;
    double[] y = Trigonometric.at(0.4);
    double[] z = Trigonometric.at(0.41);
    if (method.bitExact()) {
      for (int i = 0; i < y.length; i++) {
        y[i] = Math.scalb(Math.rint(Math.scalb(y[i], 30)), -30);
        z[i] = Math.scalb(Math.rint(Math.scalb(z[i], 30)), -30);
      }
    }
    Map<String, double[]> start =
        Map.of("t", new double[] {0.4}, "h", new double[] {h}, "y", y, "z", z);
    Map<String, double[]> end = new HashMap<>(start);
    end.putAll(new StepRun(start).outputs(method.step(field)));
    Map<String, double[]> restored = new StepRun(end).outputs(method.inverse(field));
    double worst = 0;
    for (String part : method.state()) {
      double[] expected = start.getOrDefault(part, new double[0]);
      double[] actual = restored.getOrDefault(part, new double[0]);
      for (int i = 0; i < expected.length; i++) {
        worst = Math.max(worst, Math.abs(actual[i] - expected[i]) / Math.abs(expected[i]));
      }
    }
    return worst;
  }

  /** The published recursion for y' = ry and Euler's step, in plain loops. */
  @Test
  void theStepIsThePublishedRecursion() {
    double rate = -0.7;
    double lambda = 0.95;
    double h = 0.1;
    double y = 1;
    double z = 1;
    for (int i = 0; i < 20; i++) {
      y = lambda * y + (1 - lambda) * z + h * rate * z;
      z = z + h * rate * y;
    }
    Solution solution =
        linear(rate)
            .solve(
                new TimeGrid(0, 2, 20),
                Method.reversible(PublishedTableaux.EULER, lambda),
                new double[][] {{1}});
    assertThat(solution.value(0, 0)).isCloseTo(y, within(1e-14));
  }

  private static DifferentialEquation linear(double rate) {
    return DifferentialEquation.of(1, (t, y) -> y.times(rate));
  }

  /** The second increment starts at t + h: with f = 2t both directions see the same times. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.9})
  void timesRunBackInTheSecondIncrement(double coupling) {
    DifferentialEquation equation = DifferentialEquation.of(1, (t, y) -> t.times(2).broadcast(1));
    Method method = Method.reversible(PublishedTableaux.MIDPOINT, coupling);
    Solution solution = equation.solve(new TimeGrid(1, 3, 16), method, new double[][] {{5}});
    assertThat(solution.value(0, 0)).isCloseTo(13, within(1e-12));
  }

  /**
   * Where the leapfrog is unstable: |h r| below −ln λ = 0.223 is stable over 4000 steps, and with λ
   * = 1 no decay is.
   */
  @ParameterizedTest
  @CsvSource({"0.8, -0.2, true", "0.8, -0.3, false", "1, -0.2, false"})
  void decayIsStableBelowTheLogarithmOfTheCoupling(double coupling, double rate, boolean stable) {
    Method method = Method.reversible(PublishedTableaux.RK4, coupling);
    Solution solution =
        linear(rate).solve(new TimeGrid(0, 4000, 4000), method, new double[][] {{1}});
    if (stable) {
      assertThat(Math.abs(solution.value(0, 0))).isLessThan(1e-20);
      assertThat(solution.outcomes()).containsExactly(Outcome.COMPLETED);
    } else {
      assertThat(solution.outcomes()).doesNotContain(Outcome.COMPLETED);
    }
  }

  @Test
  void aCouplingThatGrowsApartIsDiagnosedBeforeItOverflows() {
    Method method = Method.reversible(PublishedTableaux.RK4, 0.99);
    Solution solution = linear(-1).solve(new TimeGrid(0, 40, 40), method, new double[][] {{1}});
    assertThat(solution.outcomes()).containsExactly(Outcome.UNSTABLE);
  }

  @Test
  void theDefectIsSmallWhereTheSolutionIsResolved() {
    Method method = Method.reversible(PublishedTableaux.RK4, 0.99);
    Graph defect = method.defect(Trigonometric.FIELD).orElseThrow();
    Map<String, double[]> close =
        Map.of("t", new double[] {1}, "y", Trigonometric.at(0.5), "z", Trigonometric.at(0.5001));
    Map<String, double[]> apart =
        Map.of("t", new double[] {1}, "y", Trigonometric.at(0.5), "z", Trigonometric.at(1.2));
    assertThat(new StepRun(close).get(defect, "defect")[0]).isBetween(1e-5, 1e-3);
    assertThat(new StepRun(apart).get(defect, "defect")[0]).isGreaterThan(0.5);
  }

  @Test
  void theStateStaysInFloat64() {
    Graph init = Method.reversible(PublishedTableaux.HEUN, 0.9).init(Trigonometric.FIELD);
    assertThat(init.outputs().values()).extracting(Value::type).allMatch(type -> type.isWide());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
  void aCouplingOutsideItsRangeIsRefused(double coupling) {
    assertThatThrownBy(() -> Method.reversible(PublishedTableaux.RK4, coupling))
        .hasMessageContaining("coupling is " + coupling)
        .hasMessageContaining("above 0 and at most 1");
  }
}
