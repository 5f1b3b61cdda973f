package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymplecticSplittingTest {
  /** dq/dt = p, dp/dt = −sin q. */
  private static final Field PENDULUM =
      Field.of(
          2, (t, y) -> Value.concatenate(List.of(y.slice(1, 1), y.slice(0, 1).sin().negated())));

  /** dq/dt = p + cos t, dp/dt = −sin q − sin t, which is separable and depends on time. */
  private static final Field FORCED =
      Field.of(
          2,
          (t, y) ->
              Value.concatenate(
                  List.of(
                      y.slice(1, 1).plus(t.cos()), y.slice(0, 1).sin().plus(t.sin()).negated())));

  private static final double[][] START = {{1.2, 0.3}};

  private static ReversibleMethod method(String name, boolean exact) {
    return name.equals("leapfrog") ? Method.leapfrog(exact) : Method.symplecticEuler(exact);
  }

  @ParameterizedTest
  @CsvSource({"leapfrog, 2", "symplectic-euler, 1"})
  void theErrorAtTheEndFallsWithTheOrder(String name, int order) {
    assertThat(method(name, false).order()).isEqualTo(order);
    double ratio = error(name, 100) / error(name, 200);
    assertThat(Math.log(ratio) / Math.log(2)).isCloseTo(order, within(0.1));
  }

  private static double error(String name, int steps) {
    DifferentialEquation equation = new DifferentialEquation(FORCED);
    Solution coarse = equation.solve(new TimeGrid(0, 3, steps), method(name, false), START);
    Solution fine = equation.solve(new TimeGrid(0, 3, 4096), Method.rk4(), START);
    return Math.hypot(coarse.value(0, 0) - fine.value(0, 0), coarse.value(0, 1) - fine.value(0, 1));
  }

  @Test
  void theLeapfrogIsSymmetricInTimeAndTheEulerMethodIsNot() {
    assertThat(thereAndBack("leapfrog")).isLessThan(1e-14);
    assertThat(thereAndBack("symplectic-euler")).isGreaterThan(1e-3);
  }

  /** The distance from the start after a step of h and one of −h. */
  private static double thereAndBack(String name) {
    Method method = method(name, false);
    double h = 0.1;
    Map<String, double[]> start =
        Map.of("t", new double[] {0.5}, "h", new double[] {h}, "y", START[0]);
    double[] there = new StepRun(start).get(method.step(FORCED), "y");
    Map<String, double[]> end =
        Map.of("t", new double[] {0.5 + h}, "h", new double[] {-h}, "y", there);
    double[] back = new StepRun(end).get(method.step(FORCED), "y");
    return Math.hypot(back[0] - START[0][0], back[1] - START[0][1]);
  }

  @ParameterizedTest
  @CsvSource({
    "leapfrog, false, 1e-15",
    "leapfrog, true, 0",
    "symplectic-euler, false, 1e-15",
    "symplectic-euler, true, 0"
  })
  void unstepAfterStepRestoresTheState(String name, boolean exact, double tolerance) {
    ReversibleMethod method = method(name, exact);
    double[] y = {Math.scalb(1_234_567_891.0, -30), Math.scalb(-345_678_912.0, -30)};
    Map<String, double[]> start = Map.of("t", new double[] {0.5}, "h", new double[] {0.1}, "y", y);
    Map<String, double[]> end = new HashMap<>(start);
    end.putAll(new StepRun(start).outputs(method.step(FORCED)));
    double[] back = new StepRun(end).get(method.inverse(FORCED), "y");
    assertThat(Math.hypot(back[0] - y[0], back[1] - y[1])).isLessThanOrEqualTo(tolerance);
  }

  /** A hundred thousand steps of 0.1: symplectic energies oscillate, that of rk4 falls. */
  @ParameterizedTest
  @CsvSource({"leapfrog, 2e-3", "symplectic-euler, 5e-2"})
  void theEnergyOfAPendulumDoesNotDrift(String name, double bound) {
    DifferentialEquation equation = new DifferentialEquation(PENDULUM);
    double start = energy(START[0][0], START[0][1]);
    for (int steps : new int[] {1_000, 99_990, 100_000}) {
      Solution solution =
          equation.solve(new TimeGrid(0, steps * 0.1, steps), method(name, true), START);
      double energy = energy(solution.value(0, 0), solution.value(0, 1));
      assertThat(Math.abs(energy / start - 1)).isLessThan(bound);
    }
    Solution drifting = equation.solve(new TimeGrid(0, 1e4, 12_500), Method.rk4(), START);
    assertThat(energy(drifting.value(0, 0), drifting.value(0, 1)) / start - 1).isLessThan(-0.1);
  }

  private static double energy(double q, double p) {
    return 0.5 * p * p + 1 - Math.cos(q);
  }

  @Test
  void theInterpolantFollowsTheSolutionToTheThirdPower() {
    double ratio = midpointError(0.2) / midpointError(0.1);
    assertThat(Math.log(ratio) / Math.log(2)).isCloseTo(3, within(0.3));
  }

  private static double midpointError(double h) {
    Method method = Method.leapfrog(false);
    Map<String, double[]> point =
        Map.of("t", new double[] {0.5}, "h", new double[] {h}, "y", START[0]);
    Map<String, double[]> c = new StepRun(point).outputs(method.interpolant(FORCED).orElseThrow());
    double q = START[0][0];
    for (int power = 1; power <= 3; power++) {
      q += Math.pow(0.4, power) * c.getOrDefault("c." + power, new double[1])[0];
    }
    Solution exact =
        new DifferentialEquation(FORCED)
            .solve(new TimeGrid(0.5, 0.5 + 0.4 * h, 64), Method.rk4(), START);
    return Math.abs(q - exact.value(0, 0));
  }

  @Test
  void aFieldWithFrictionIsRefused() {
    Field friction =
        Field.of(
            2,
            (t, y) -> {
              Value p = y.slice(1, 1);
              return Value.concatenate(List.of(p, y.slice(0, 1).plus(p).negated()));
            });
    assertThatThrownBy(() -> Method.leapfrog(true).step(friction))
        .hasMessageContaining("the derivative of the velocities reads the velocities")
        .hasMessageContaining("use rk4");
  }

  @Test
  void aDenseLayerOverTheWholeStateIsRefused() {
    Field dense = Field.of(2, (t, y) -> Value.parameter("a", Shape.matrix(2, 2)).appliedTo(y));
    assertThatThrownBy(() -> Method.symplecticEuler(true).step(dense))
        .hasMessageContaining("the derivative of the positions reads the positions");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anOddDimensionIsRefused(int dimension) {
    Field odd = Field.of(dimension, (t, y) -> y.negated());
    assertThatThrownBy(() -> Method.leapfrog(true).step(odd))
        .hasMessageContaining("the field has " + dimension + " components");
  }
}
