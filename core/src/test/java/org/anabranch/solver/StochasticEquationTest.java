package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StochasticEquationTest {
  private static StochasticField geometric() {
    return StochasticField.of(
        1, Noise.DIAGONAL, Calculus.STRATONOVICH, (t, y) -> y.times(0.1), (t, y) -> y.times(0.4));
  }

  private static double[][] ones(int rows) {
    double[][] start = new double[rows][1];
    for (double[] one : start) {
      one[0] = 1;
    }
    return start;
  }

  /** The logarithm of a geometric path is a Brownian motion with a drift: its law at the end. */
  @ParameterizedTest
  @ValueSource(strings = {"heun", "reversible-heun", "midpoint"})
  void endsHaveTheirLaw(String method) {
    int rows = 4000;
    Trajectory paths =
        new StochasticEquation(geometric())
            .solve(new TimeGrid(0, 2, 64), StochasticMethod.named(method), 11, ones(rows));
    double mean = 0;
    double square = 0;
    for (int row = 0; row < rows; row++) {
      double logarithm = Math.log(paths.value(row, 64, 0));
      mean += logarithm / rows;
      square += logarithm * logarithm / rows;
      assertThat(paths.value(row, 0, 0)).isEqualTo(1);
    }
    double deviation = 0.4 * Math.sqrt(2);
    assertThat(mean).isCloseTo(0.2, within(4 * deviation / Math.sqrt(rows)));
    assertThat(square - mean * mean)
        .isCloseTo(deviation * deviation, within(4 * 0.32 * Math.sqrt(2.0 / rows)));
  }

  @Test
  void aPathDependsOnSeedAndSampleAlone() {
    StochasticEquation equation = new StochasticEquation(geometric());
    TimeGrid grid = new TimeGrid(0, 1, 10);
    StochasticMethod heun = StochasticMethod.named("heun");
    Trajectory few = equation.solve(grid, heun, 5, ones(2));
    Trajectory many = equation.solve(grid, heun, 5, ones(7));
    assertThat(many.values().subList(0, 2)).isEqualTo(few.values());
    assertThat(many.values().get(2)).isNotEqualTo(many.values().get(1));
    assertThat(equation.solve(grid, heun, 6, ones(2)).values()).isNotEqualTo(few.values());
    assertThat(few.times()).hasSize(11).startsWith(0.0).endsWith(1.0);
    assertThat(few.reports()).extracting(SampleReport::outcome).containsOnly(Outcome.COMPLETED);
  }

  @Test
  void aMethodOfAnotherCalculusIsRefused() {
    assertThatThrownBy(
            () ->
                new StochasticEquation(geometric())
                    .solve(
                        new TimeGrid(0, 1, 10),
                        StochasticMethod.named("euler-maruyama"),
                        1,
                        ones(1)))
        .hasMessageContaining("euler-maruyama")
        .hasMessageContaining("toIto()");
  }
}
