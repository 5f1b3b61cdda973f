package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.control.brownian.GivenMotion;
import org.anabranch.control.brownian.QueriedInterval;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Type;
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

  /** Along a path that is straight between knots the equation is an ordinary one. */
  @Test
  void aGivenPathIsFollowed() {
    double[][][] paths = {{{0}, {1.5}, {-0.5}}, {{0}, {0}, {0}}};
    GivenMotion given = new GivenMotion(new double[] {0, 1, 2}, paths);
    Trajectory solved =
        new StochasticEquation(geometric())
            .solve(new TimeGrid(0, 2, 256), StochasticMethod.named("heun"), given, ones(2));
    assertThat(solved.value(0, 128, 0)).isCloseTo(Math.exp(0.1 + 0.4 * 1.5), within(2e-5));
    assertThat(solved.value(0, 256, 0)).isCloseTo(Math.exp(0.2 - 0.4 * 0.5), within(2e-5));
    assertThat(solved.value(1, 256, 0)).isCloseTo(Math.exp(0.2), within(2e-5));
    GivenMotion two = new GivenMotion(new double[] {0, 2}, new double[][][] {{{0, 0}, {1, 1}}});
    assertThatThrownBy(
            () ->
                new StochasticEquation(geometric())
                    .solve(new TimeGrid(0, 2, 4), StochasticMethod.named("heun"), two, ones(1)))
        .hasMessageContaining("2 motions for a field of 1");
  }

  /** Every kind of motion drives it: the same law, and the dyadic one at any grid the same path. */
  @Test
  void otherMotionsDriveIt() {
    BrownianInterval dyadic = new BrownianInterval(3, 0, 1, 1);
    QueriedInterval queried = new QueriedInterval(3, 0, 1, 1);
    StochasticEquation equation = new StochasticEquation(geometric());
    StochasticMethod heun = StochasticMethod.named("heun");
    Trajectory coarse = equation.solve(new TimeGrid(0, 1, 128), heun, dyadic, ones(3));
    Trajectory fine = equation.solve(new TimeGrid(0, 1, 512), heun, dyadic, ones(3));
    Trajectory other = equation.solve(new TimeGrid(0, 1, 512), heun, queried, ones(3));
    for (int row = 0; row < 3; row++) {
      assertThat(coarse.value(row, 128, 0)).isCloseTo(fine.value(row, 512, 0), within(0.01));
      assertThat(other.value(row, 512, 0)).isNotCloseTo(fine.value(row, 512, 0), within(0.001));
    }
  }

  /** Ragged times off the grid: x exp(at + bW(t)) to the order of the steps, and halving with h. */
  @Test
  void valuesBetweenStepsFollowTheBrownianMotion() {
    StochasticEquation equation = new StochasticEquation(geometric());
    double[][] times = new double[200][];
    for (int row = 0; row < times.length; row++) {
      times[row] = new double[] {(row + 0.5) / 201, 0.37 + row * 1e-3}; // of its own
    }
    double[] errors = new double[2];
    double[] straight = new double[2];
    for (int i = 0; i < 2; i++) {
      TimeGrid grid = new TimeGrid(0, 1, 16 << (2 * i));
      BrownianInterval motion = new BrownianInterval(8, 0, 1, 1);
      double[][][] values =
          equation.valuesAt(grid, StochasticMethod.named("heun"), motion, ones(200), times);
      Trajectory steps = equation.solve(grid, StochasticMethod.named("heun"), motion, ones(200));
      Buffer w = new ReferenceBackend().buffer(Type.perSample(1), 1);
      for (int row = 0; row < times.length; row++) {
        for (int j = 0; j < 2; j++) {
          double t = times[row][j];
          motion.over(new long[] {row}, new double[] {0}, new double[] {t}, w, null);
          double[] number = new double[1];
          w.get(number);
          double exact = Math.exp(0.1 * t + 0.4 * number[0]);
          errors[i] += Math.abs(values[row][j][0] - exact) / 400;
          int step = (int) (t * grid.steps());
          double s = t * grid.steps() - step;
          double line = (1 - s) * steps.value(row, step, 0) + s * steps.value(row, step + 1, 0);
          straight[i] += Math.abs(line - exact) / 400;
        }
      }
    }
    assertThat(errors[0] / errors[1]).isBetween(3.0, 6.0); // four for order 1
    assertThat(straight[0] / straight[1]).isBetween(1.6, 2.5); // two for order ½
    assertThat(errors[1]).isLessThan(0.2 * straight[1]);
  }

  @Test
  void valuesOnTheGridAreThoseOfTheSteps() {
    StochasticEquation equation = new StochasticEquation(geometric());
    TimeGrid grid = new TimeGrid(0, 1, 7);
    StochasticMethod heun = StochasticMethod.named("heun");
    BrownianGrid motion = BrownianGrid.equal(3, 0, 1, 7, 1);
    Trajectory paths = equation.solve(grid, heun, motion, ones(1));
    double[][] times = {{1, grid.time(3), 0, grid.time(6)}};
    double[][][] values = equation.valuesAt(grid, heun, motion, ones(1), times);
    assertThat(new double[] {values[0][0][0], values[0][1][0], values[0][2][0], values[0][3][0]})
        .containsExactly(
            paths.value(0, 7, 0), paths.value(0, 3, 0), paths.value(0, 0, 0), paths.value(0, 6, 0));
    assertThatThrownBy(() -> equation.valuesAt(grid, heun, motion, ones(1), new double[][] {{0.5}}))
        .hasMessageContaining("such as the dyadic BrownianInterval");
    assertThatThrownBy(() -> equation.valuesAt(grid, heun, motion, ones(1), new double[][] {{1.1}}))
        .hasMessageContaining("sample 0 asks for 1.1, the grid goes from 0.0 to 1.0");
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

  /** dX = X² ∘ dW along paths of which one comes to the pole of x / (1 − xW). */
  @Test
  void aPathThatExplodesIsToldOfWithItsStep() {
    StochasticField field =
        StochasticField.of(
            1, Noise.DIAGONAL, Calculus.STRATONOVICH, (t, y) -> y.times(0), (t, y) -> y.square());
    double[][][] paths = {{{0}, {0}, {0.5}}, {{0}, {0}, {40}}};
    GivenMotion given = new GivenMotion(new double[] {0, 1, 2}, paths);
    Trajectory solved =
        new StochasticEquation(field)
            .solve(new TimeGrid(0, 2, 40), StochasticMethod.named("heun"), given, ones(2));
    assertThat(solved.value(0, 40, 0)).isCloseTo(1 / (1 - 0.5), within(3e-3));
    SampleReport report = solved.reports().get(1);
    assertThat(report.outcome()).isEqualTo(Outcome.NOT_FINITE);
    int last = report.accepted();
    assertThat(last).isBetween(20, 30);
    assertThat(solved.value(1, last, 0)).isFinite();
    assertThat(solved.value(1, last + 1, 0)).isNotFinite();
    assertThat(report.sentence())
        .startsWith("in step %d, from t = %s by 0.05".formatted(last + 1, solved.times().get(last)))
        .contains("became NaN or infinite");
    assertThat(solved.reports().get(0).outcome()).isEqualTo(Outcome.COMPLETED);
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
