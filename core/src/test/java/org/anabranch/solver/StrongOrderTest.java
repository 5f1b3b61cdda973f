package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.field.Calculus;
import org.anabranch.field.StochasticField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors of single paths against the step size, in float64. */
class StrongOrderTest {
  private static final long SEED = 20211;
  private static final int FINEST_STEPS = 2048;
  private static final Map<String, Finest> FINEST = new HashMap<>();

  /** Paths and the solution at their ends. */
  private record Finest(BrownianPaths paths, double[] truth) {}

  private static Finest finest(Case c) {
    int motions = c.problem().field().noiseDimension();
    BrownianPaths paths =
        BrownianPaths.of(SEED, StochasticProblem.END, FINEST_STEPS, c.rows(), motions);
    return new Finest(paths, c.problem().truth().at(paths));
  }

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
        geometric("reversible-heun", 1),
        geometric("reversible-heun-plain", 1),
        geometric("coupled-heun", 1),
        geometric("coupled-midpoint", 1),
        geometric("sri1", 1.5),
        geometric("sri2", 1.5),
        geometricIto("euler-maruyama", 0.5),
        geometricIto("milstein", 1),
        geometricIto("heun", 1),
        geometricIto("reversible-heun", 1),
        geometricIto("sri1", 1.5),
        additive("euler-maruyama", 1),
        additive("milstein", 1),
        additive("heun", 1),
        additive("reversible-heun", 1),
        additive("reversible-heun-plain", 1),
        additive("coupled-heun", 1),
        additive("sea", 1),
        additive("shark", 1.5),
        additive("sra1", 1.5),
        additive("sra3", 1.5),
        additive("sri2", 1.5),
        diagonal("euler-maruyama", 0.5),
        diagonal("milstein", 1),
        diagonal("heun", 1),
        diagonal("reversible-heun", 1),
        diagonal("sri1", 1.5),
        diagonal("sri2", 1.5),
        spiral("euler-maruyama", 0.5),
        spiral("milstein", 1),
        spiral("heun", 1),
        spiral("reversible-heun", 1),
        pair("euler-maruyama"),
        pair("heun"),
        pair("euler-heun"),
        pair("midpoint"),
        pair("reversible-heun"),
        pair("reversible-heun-plain"),
        pair("coupled-heun"));
  }

  private static Case diagonal(String method, double order) {
    return new Case(method, StochasticProblem.diagonal(), order, 1000, 16, 128);
  }

  private static Case spiral(String method, double order) {
    return new Case(method, StochasticProblem.spiral(), order, 1000, 16, 256);
  }

  private static Case geometric(String method, double order) {
    return new Case(method, StochasticProblem.geometric(), order, 2000, 16, 256);
  }

  private static Case geometricIto(String method, double order) {
    return new Case(method, StochasticProblem.geometricIto(), order, 2000, 16, 256);
  }

  private static Case additive(String method, double order) {
    return new Case(method, StochasticProblem.additive(), order, 1000, 16, 128);
  }

  private static Case pair(String method) {
    return new Case(method, StochasticProblem.pair(), 0.5, 1000, 4, 64);
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
    Finest finest = FINEST.computeIfAbsent(c.problem().name(), name -> finest(c));
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int steps = c.last(); steps >= c.first(); steps /= 2) {
      double[] end =
          StochasticRun.end(driven, finest.paths().coarsened(steps), c.problem().startNumbers());
      double x = -Math.log(steps);
      double y = Math.log(rootMeanSquare(end, finest.truth()));
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
