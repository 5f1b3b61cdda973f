package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosenbrockTest {
  /** y' = −1e6 (y − cos t) − sin t with y = cos t (Prothero and Robinson 1974). */
  private static final DifferentialEquation STIFF =
      DifferentialEquation.of(1, (t, y) -> y.minus(t.cos()).times(-1e6).minus(t.sin()));

  /** Steps of 0.1 against a time scale of 1e-6. */
  @Test
  void aStiffEquationIsFollowedWithStepsFarAboveItsTimeScale() {
    double coarse = stiffError(10);
    double fine = stiffError(20);
    assertThat(coarse).isLessThan(1e-9);
    assertThat(fine).isLessThan(coarse);
  }

  private static double stiffError(int steps) {
    Solution solution =
        STIFF.solve(new TimeGrid(0, 1, steps), Method.rodas4(), new double[][] {{1}});
    return Math.abs(solution.value(0, 0) - Math.cos(1));
  }

  @Test
  void anExplicitMethodIsLostThere() {
    Solution solution = STIFF.solve(new TimeGrid(0, 1, 1000), Method.rk4(), new double[][] {{1}});
    assertThat(solution.outcomes()).containsExactly(Outcome.NOT_FINITE);
  }

  @Test
  void aTransientOffTheSlowSolutionIsDampedInAStep() {
    Solution solution =
        STIFF.solve(new TimeGrid(0, 1, 10), Method.rodas4(), new double[][] {{100}});
    assertThat(solution.value(0, 0)).isCloseTo(Math.cos(1), within(1e-9));
  }

  /** Van der Pol's oscillator with μ = 1000 on its slow branch, against 80 000 steps of rk4. */
  @Test
  void vanDerPolOnItsSlowBranchNeedsFewSteps() {
    DifferentialEquation equation =
        DifferentialEquation.of(
            2,
            (t, y) -> {
              Value x = y.slice(0, 1);
              Value v = y.slice(1, 1);
              Value one = Value.constant(List.of(1.0));
              Value damping = one.minus(x.square()).times(1000);
              return Value.concatenate(List.of(v, damping.times(v).minus(x)));
            });
    double[][] start = {{2, -6.6e-4}};
    Solution stiff = equation.solve(new TimeGrid(0, 40, 40), Method.rodas4(), start);
    Solution explicit = equation.solve(new TimeGrid(0, 40, 80_000), Method.rk4(), start);
    assertThat(stiff.value(0, 0)).isCloseTo(explicit.value(0, 0), within(1e-8));
    assertThat(stiff.value(0, 1)).isCloseTo(explicit.value(0, 1), within(1e-9));
  }

  /** The Jacobian by central differences of a field that mixes its components and time. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1.1})
  void theLinearisationIsThatOfFiniteDifferences(double t) {
    Field field = Trigonometric.FIELD;
    Value time = field.graph().input("t");
    Value state = field.graph().input("y");
    Linearisation linear = Linearisation.of(field, time, state);
    Map<String, Value> outputs =
        Map.of("jacobian", linear.jacobian().flattened(), "time", linear.byTime());
    Graph graph = Graph.of("linear", List.of(time, state), outputs);
    double[] y = Trigonometric.at(t);
    StepRun at = new StepRun(Map.of("t", new double[] {t}, "y", y));
    double[] jacobian = at.get(graph, "jacobian");
    double h = 1e-6;
    for (int j = 0; j < 4; j++) {
      double[] up = y.clone();
      double[] down = y.clone();
      up[j] += h;
      down[j] -= h;
      double[] column = difference(drift(t, up), drift(t, down), h);
      for (int i = 0; i < 4; i++) {
        double tolerance = 1e-6 * (1 + Math.abs(column[i]));
        assertThat(jacobian[4 * i + j]).isCloseTo(column[i], within(tolerance));
      }
    }
    double[] byTime = difference(drift(t + h, y), drift(t - h, y), h);
    for (int i = 0; i < 4; i++) {
      double tolerance = 1e-6 * (1 + Math.abs(byTime[i]));
      assertThat(at.get(graph, "time")[i]).isCloseTo(byTime[i], within(tolerance));
    }
  }

  private static double[] drift(double t, double[] y) {
    return new StepRun(Map.of("t", new double[] {t}, "y", y))
        .get(Trigonometric.FIELD.graph(), "drift");
  }

  private static double[] difference(double[] up, double[] down, double h) {
    double[] difference = new double[up.length];
    for (int i = 0; i < up.length; i++) {
      difference[i] = (up[i] - down[i]) / (2 * h);
    }
    return difference;
  }
}
