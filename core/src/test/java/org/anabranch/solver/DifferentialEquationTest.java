package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferentialEquationTest {
  /** Van der Pol's oscillator with μ = 1, and its period by time. */
  private static final DifferentialEquation VAN_DER_POL =
      DifferentialEquation.of(
          2,
          (t, y) -> {
            Value x = y.slice(0, 1);
            Value v = y.slice(1, 1);
            Value damping = Value.constant(List.of(1.0)).minus(x.square());
            return Value.concatenate(List.of(v, damping.times(v).minus(x)));
          });

  private static final double[][] START = {{2, 0}};

  @Test
  void solvesInADozenLines() {
    Solution solution =
        DifferentialEquation.of(1, (t, y) -> y.negated())
            .solve(new TimeGrid(0, 1, 100), Method.rk4(), new double[][] {{1}, {2}});
    assertThat(solution.value(0, 0)).isCloseTo(Math.exp(-1), within(1e-10));
    assertThat(solution.value(1, 0)).isCloseTo(2 * Math.exp(-1), within(1e-10));
    assertThat(solution.outcomes()).containsOnly(Outcome.COMPLETED);
  }

  @Test
  void adaptiveStepsGiveTheSolutionAtTimesAndTheEventsMet() {
    // A ball thrown up at 3 m/s lands after 2·3/9.81 s.
    DifferentialEquation fall =
        DifferentialEquation.of(
            2,
            (t, y) ->
                Value.concatenate(List.of(y.slice(1, 1), y.slice(1, 1).times(0).minus(9.81))));
    Event ground = Event.of(2, Event.Direction.FALLING, true, (t, y) -> y.slice(0, 1).sum());
    double[] times = {0, 0.25, 1};
    Trajectory thrown =
        fall.solve(
            Method.named("tsit5"),
            AdaptiveSteps.of(1e-9, 1e-9),
            times,
            new double[][] {{0, 3}, {10, 0}},
            List.of(ground));
    assertThat(thrown.value(0, 0, 1)).isEqualTo(3);
    assertThat(thrown.value(0, 1, 0)).isCloseTo(3 * 0.25 - 9.81 / 32, within(1e-12));
    assertThat(thrown.value(0, 2, 0)).isNaN();
    assertThat(thrown.value(1, 2, 0)).isCloseTo(10 - 9.81 / 2, within(1e-12));
    assertThat(thrown.events()).hasSize(1);
    assertThat(thrown.events().get(0).sample()).isZero();
    assertThat(thrown.events().get(0).time()).isCloseTo(6 / 9.81, within(1e-12));
    assertThat(thrown.events().get(0).value().get(1)).isCloseTo(-3, within(1e-12));
    assertThat(thrown.reports().get(0).outcome()).isEqualTo(Outcome.EVENT);
    assertThat(thrown.reports().get(1).outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void theFieldSeesTheTime() {
    Solution solution =
        DifferentialEquation.of(1, (t, y) -> t.times(2).broadcast(1))
            .solve(new TimeGrid(1, 3, 10), Method.rk4(), new double[][] {{5}});
    assertThat(solution.value(0, 0)).isCloseTo(13, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"alf, 1, 2", "rk4, 1, 4", "alf, 0.8, 1", "grid, 1, 2"})
  void theErrorFallsWithTheOrder(String name, double damping, int order) {
    Method method =
        switch (name) {
          case "rk4" -> Method.rk4();
          case "grid" -> Method.alf();
          default -> Method.alf(damping);
        };
    assertThat(method.order()).isEqualTo(order);
    int steps = order == 4 ? 64 : 512;
    double ratio = error(method, steps) / error(method, 2 * steps);
    assertThat(Math.log(ratio) / Math.log(2)).isCloseTo(order, within(0.12));
  }

  private static double error(Method method, int steps) {
    Solution coarse = VAN_DER_POL.solve(new TimeGrid(0, 2, steps), method, START);
    Solution fine = VAN_DER_POL.solve(new TimeGrid(0, 2, 4096), Method.rk4(), START);
    return Math.hypot(coarse.value(0, 0) - fine.value(0, 0), coarse.value(0, 1) - fine.value(0, 1));
  }

  @ParameterizedTest
  @CsvSource({"-5, 10, 200, -7e17", "-1, 10, 200, -8.5e-3", "-20, 1, 100, -4e4"})
  void dissipationBeyondTheStabilityOfTheLeapfrogIsDiagnosed(
      double rate, double end, int steps, double value) {
    DifferentialEquation equation = linear(rate);
    Solution solution =
        equation.solve(new TimeGrid(0, end, steps), Method.alf(1), new double[][] {{1}});
    assertThat(solution.value(0, 0)).isCloseTo(value, within(Math.abs(value) * 0.06));
    assertThat(solution.outcomes()).containsExactly(Outcome.UNSTABLE);
    assertThat(Outcome.UNSTABLE.sentence()).contains("unstable").contains("rk4");
    assertThat(
            equation
                .solve(new TimeGrid(0, end, steps), Method.rk4(), new double[][] {{1}})
                .outcomes())
        .containsExactly(Outcome.COMPLETED);
  }

  @ParameterizedTest
  @CsvSource({"-1, 1, 10", "-1, 1, 160", "0.5, 5, 20", "0.5, 5, 80", "-2, 1, 100"})
  void wellResolvedEquationsAreNotCalledUnstable(double rate, double end, int steps) {
    Solution solution =
        linear(rate).solve(new TimeGrid(0, end, steps), Method.alf(), new double[][] {{1}});
    assertThat(solution.outcomes()).containsExactly(Outcome.COMPLETED);
  }

  @Test
  void growthOutOfTheExactRangeIsDiagnosedOnTheGridOnly() {
    TimeGrid grid = new TimeGrid(0, 16, 400);
    double[][] one = {{1}};
    assertThat(linear(1).solve(grid, Method.alf(), one).outcomes())
        .containsExactly(Outcome.OUT_OF_RANGE);
    assertThat(linear(1).solve(grid, Method.alf(1), one).outcomes())
        .containsExactly(Outcome.COMPLETED);
  }

  @Test
  void onlyTheSampleThatBlowsUpFails() {
    DifferentialEquation square = DifferentialEquation.of(1, (t, y) -> y.square());
    Solution solution =
        square.solve(new TimeGrid(0, 4, 400), Method.rk4(), new double[][] {{0.1}, {1}, {-1}});
    assertThat(solution.outcomes())
        .containsExactly(Outcome.COMPLETED, Outcome.NOT_FINITE, Outcome.COMPLETED);
    assertThat(solution.value(0, 0)).isCloseTo(1 / (10 - 4.0), within(1e-9));
  }

  @Test
  void dampingIsStableOnItsIntervalAndNotBeyond() {
    // η = 0.8: the stable real interval is [−0.5, 0].
    double inside =
        linear(-0.45).solve(new TimeGrid(0, 400, 400), Method.alf(0.8), one()).value(0, 0);
    double outside =
        linear(-0.55).solve(new TimeGrid(0, 400, 400), Method.alf(0.8), one()).value(0, 0);
    assertThat(Math.abs(inside)).isLessThan(1e-10);
    assertThat(Math.abs(outside)).isGreaterThan(1);
  }

  private static double[][] one() {
    return new double[][] {{1}};
  }

  @Test
  void aStartOfAnotherDimensionIsRefused() {
    assertThatThrownBy(
            () -> linear(1).solve(new TimeGrid(0, 1, 1), Method.rk4(), new double[][] {{1, 2}}))
        .hasMessageContaining("initial value 0 has 2 components, the field has 1");
  }

  @Test
  void aGridWithoutStepsIsRefused() {
    assertThatThrownBy(() -> new TimeGrid(0, 1, 0)).hasMessageContaining("steps is 0");
  }

  @Test
  void theEndOfAGridIsHitExactly() {
    TimeGrid grid = new TimeGrid(0.1, 0.7, 3);
    assertThat(grid.time(3)).isEqualTo(0.7);
    assertThat(grid.time(2) + grid.size(2)).isEqualTo(0.7);
  }

  private static DifferentialEquation linear(double rate) {
    Value factor = Value.constant(rate);
    assertThat(factor.type().shape()).isEqualTo(Shape.scalar());
    return DifferentialEquation.of(1, (t, y) -> y.times(factor));
  }
}
