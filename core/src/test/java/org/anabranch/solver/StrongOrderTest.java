package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors of single paths against the step size, in float64. */
class StrongOrderTest {
  private static final long SEED = 20211;
  private static final int FINEST = 2048;

  private record Case(
      String method, StochasticProblem problem, double order, int rows, int first, int last) {
    @Override
    public String toString() {
      return method + " on " + problem;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        geometric("euler-maruyama", 0.5),
        geometric("milstein", 1),
        geometric("heun", 1),
        geometric("euler-heun", 1),
        geometric("midpoint", 1),
        geometric("reversible-heun-plain", 1),
        additive("euler-maruyama", 1),
        additive("heun", 1),
        additive("reversible-heun-plain", 1),
        pair("heun"),
        pair("euler-heun"),
        pair("midpoint"),
        pair("reversible-heun-plain"));
  }

  private static Case geometric(String method, double order) {
    return new Case(method, StochasticProblem.geometric(Noise.DIAGONAL), order, 2000, 16, 256);
  }

  private static Case additive(String method, double order) {
    return new Case(method, StochasticProblem.additive(), order, 500, 8, 64);
  }

  private static Case pair(String method) {
    return new Case(method, StochasticProblem.pair(), 0.5, 500, 4, 64);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void errorsOfPathsFallWithTheOrder(Case c) {
    StochasticMethod method = StochasticMethod.named(c.method());
    StochasticField field = solvable(method, c.problem().field());
    double slope = slope(method.on(field), c);
    assertThat(method.strongOrder(field)).isEqualTo(c.order());
    assertThat(slope).isCloseTo(c.order(), within(0.1));
  }

  private static StochasticField solvable(StochasticMethod method, StochasticField field) {
    boolean ito = method.calculi().contains(Calculus.ITO);
    return ito ? field.toIto() : field.toStratonovich();
  }

  /** The slope of the line through the logarithms of mean square errors. */
  private static double slope(DrivenMethod driven, Case c) {
    int motions = c.problem().field().noiseDimension();
    BrownianPaths finest = BrownianPaths.of(SEED, StochasticProblem.END, FINEST, c.rows(), motions);
    double[] truth = c.problem().truth().at(finest);
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int steps = c.last(); steps >= c.first(); steps /= 2) {
      double[] end = StochasticRun.end(driven, finest.coarsened(steps), c.problem().startNumbers());
      double x = -Math.log(steps);
      double y = Math.log(rootMeanSquare(end, truth));
      n++;
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }
    return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
  }

  private static double rootMeanSquare(double[] actual, double[] expected) {
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      sum += (actual[i] - expected[i]) * (actual[i] - expected[i]);
    }
    return Math.sqrt(sum / actual.length);
  }
}
