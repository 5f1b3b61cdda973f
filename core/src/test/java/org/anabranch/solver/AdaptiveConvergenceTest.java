package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.control.brownian.BrownianInterval;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors of single paths against the tolerance of their steps. */
class AdaptiveConvergenceTest {
  private static final long SEED = 20241;
  private static final int ROWS = 400;
  private static final Map<String, List<double[]>> TRUTHS = new HashMap<>();

  private static final double[] TOLERANCES = {3e-2, 1e-2, 3e-3, 1e-3, 3e-4};

  /**
   * @param slope of the mean error over the tolerance, both logarithmic, as measured
   */
  private record Case(IntervalProblem problem, String method, double slope) {
    @Override
    public String toString() {
      return method + " on " + problem;
    }
  }

  static Stream<Case> cases() {
    IntervalProblem geometric = IntervalProblem.geometric();
    IntervalProblem decay = IntervalProblem.ornsteinUhlenbeck();
    IntervalProblem pair = IntervalProblem.pair();
    return Stream.of(
        new Case(geometric, "heun", 1.01),
        new Case(geometric, "midpoint", 1.01),
        new Case(geometric, "reversible-heun", 1.01),
        new Case(geometric, "sri1", 0.79),
        new Case(geometric, "sri2", 0.73),
        new Case(decay, "heun", 0.58),
        new Case(decay, "reversible-heun", 0.54),
        new Case(decay, "shark", 1.24),
        new Case(decay, "sra1", 1.2),
        new Case(decay, "sri2", 1.13),
        new Case(pair, "heun", 0.44),
        new Case(pair, "midpoint", 0.44),
        new Case(pair, "reversible-heun", 0.44));
  }

  private static List<double[]> truths(IntervalProblem problem) {
    return TRUTHS.computeIfAbsent(
        problem.name(),
        name -> {
          List<double[]> truths = new ArrayList<>();
          for (int row = 0; row < ROWS; row++) {
            truths.add(problem.truth(motion(problem), row));
          }
          return truths;
        });
  }

  private static BrownianInterval motion(IntervalProblem problem) {
    return new BrownianInterval(SEED, 0, 1, problem.field().noiseDimension());
  }

  private static AdaptiveSolve solved(Case c, double tolerance) {
    AdaptiveSteps steps = AdaptiveSteps.of(tolerance, tolerance).withFirstStep(0.1);
    AdaptiveSolve solve =
        c.problem().prepared(StochasticMethod.named(c.method()), motion(c.problem()), steps, ROWS);
    solve.run(Spans.same(ROWS, 0, 1), new AdaptiveSolve.Observer() {});
    assertThat(solve.reports()).extracting(SampleReport::outcome).containsOnly(Outcome.COMPLETED);
    return solve;
  }

  /** The mean over samples of the largest component's error. */
  private static double error(AdaptiveSolve solve, IntervalProblem problem) {
    double sum = 0;
    double[] end = new double[problem.start().size()];
    for (int row = 0; row < ROWS; row++) {
      solve.solution().getRow(row, end, 0);
      double largest = 0;
      for (int i = 0; i < end.length; i++) {
        largest = Math.max(largest, Math.abs(end[i] - truths(problem).get(row)[i]));
      }
      sum += largest;
    }
    return sum / ROWS;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void errorsOfPathsFallWithTheTolerance(Case c) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (double tolerance : TOLERANCES) {
      x.add(Math.log(tolerance));
      y.add(Math.log(error(solved(c, tolerance), c.problem())));
    }
    for (int i = 1; i < y.size(); i++) {
      assertThat(y.get(i)).isLessThan(y.get(i - 1));
    }
    assertThat(slope(x, y)).isCloseTo(c.slope(), within(0.05));
  }

  private static double slope(List<Double> x, List<Double> y) {
    double meanX = x.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double meanY = y.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < x.size(); i++) {
      xx += (x.get(i) - meanX) * (x.get(i) - meanX);
      xy += (x.get(i) - meanX) * (y.get(i) - meanY);
    }
    return xy / xx;
  }
}
