package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published end values of the problems that codes are compared on, reached to the tolerance. */
class TestProblemsTest {
  private static final Backend REFERENCE = new ReferenceBackend();

  /** What the undamped leapfrog cannot do: fields that decay, on which its step size collapses. */
  private static final List<String> DECAYING =
      List.of("A1", "B1", "B2", "B3", "C1", "C2", "C3", "C4", "D5", "E2");

  /**
   * How many tolerances the error at the end of a class A to E was at most, and a third more.
   *
   * @param tolerances from the loosest to the finest, both relative and absolute
   */
  private record Case(String method, List<Double> tolerances, Map<Character, Double> factors) {
    static Case of(String method, List<Double> tolerances, double... factors) {
      return new Case(
          method,
          tolerances,
          Map.of(
              'A', factors[0], 'B', factors[1], 'C', factors[2], 'D', factors[3], 'E', factors[4]));
    }

    @Override
    public String toString() {
      return method;
    }
  }

  static Stream<Case> cases() {
    List<Double> low = List.of(1e-3, 1e-4, 1e-5);
    List<Double> high = List.of(1e-4, 1e-6, 1e-8, 1e-10);
    return Stream.of(
        Case.of("heun", low, 13, 16, 28, 240, 6),
        Case.of("alf", low, 2, 40, 11, 60, 6),
        Case.of("bosh3", List.of(1e-3, 1e-5, 1e-7), 80, 250, 55, 700, 32),
        Case.of("dopri5", high, 10, 80, 135, 4300, 140),
        Case.of("tsit5", high, 10, 75, 65, 1200, 210),
        Case.of("dopri8", high, 215, 32, 2.5, 350, 10),
        Case.of("rodas4", high, 0.8, 30, 0.4, 150, 12));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void errorsOnDetestAreInProportionToTheTolerance(Case c) {
    List<TestProblem> problems =
        Detest.all()
            .filter(problem -> !c.method().equals("alf") || !DECAYING.contains(problem.name()))
            // A decomposition of a [51 × 51] matrix a stage is not what the method is for.
            .filter(problem -> !c.method().equals("rodas4") || problem.start().size() <= 10)
            .toList();
    for (TestProblem problem : problems) {
      double factor = c.factors().getOrDefault(problem.name().charAt(0), 0.0);
      for (double tolerance : c.tolerances()) {
        AdaptiveSteps steps = AdaptiveSteps.of(tolerance, tolerance);
        Batch batch = problem.solve(REFERENCE, c.method(), steps);
        assertThat(batch.report().outcome()).as(problem.name()).isEqualTo(Outcome.COMPLETED);
        assertThat(problem.error(batch.ends().get(0), steps))
            .as("%s to %s", problem, tolerance)
            .isLessThan(factor);
      }
    }
  }

  @Test
  void theUndampedLeapfrogSaysThatItCannotFollowDecay() {
    AdaptiveSteps steps = AdaptiveSteps.of(1e-4, 1e-4).withLimit(10_000);
    List<TestProblem> decaying =
        Detest.all().filter(problem -> DECAYING.contains(problem.name())).toList();
    assertThat(decaying).hasSize(DECAYING.size());
    for (TestProblem problem : decaying) {
      SampleReport report = problem.solve(REFERENCE, "alf", steps).report();
      assertThat(report.outcome()).as(problem.name()).isEqualTo(Outcome.STEP_LIMIT);
      assertThat(report.sentence()).contains("after ").contains("limit of steps");
    }
  }

  @Test
  void theRosenbrockMethodSolvesWhatIsStiff() {
    for (TestProblem problem : StiffProblems.all().toList()) {
      boolean robertson = problem.equals(StiffProblems.ROBERTSON);
      for (double tolerance : new double[] {1e-4, 1e-6, 1e-8}) {
        AdaptiveSteps steps = AdaptiveSteps.of(tolerance, tolerance * (robertson ? 1e-10 : 1e-4));
        Batch batch = problem.solve(REFERENCE, "rodas4", steps);
        assertThat(batch.report().outcome()).as(problem.name()).isEqualTo(Outcome.COMPLETED);
        // At most 2.6 tolerances were measured, on the Oregonator.
        assertThat(problem.error(batch.ends().get(0), steps))
            .as("%s to %s", problem, tolerance)
            .isLessThan(4);
        assertThat(batch.report().accepted()).isLessThan(8000);
      }
    }
  }

  @Test
  void anExplicitMethodSaysThatAProblemIsStiff() {
    AdaptiveSteps steps = AdaptiveSteps.of(1e-4, 1e-8).withLimit(10_000);
    for (TestProblem problem : StiffProblems.all().toList()) {
      if (!problem.equals(StiffProblems.HIRES)) {
        SampleReport report = problem.solve(REFERENCE, "dopri5", steps).report();
        assertThat(report.outcome()).as(problem.name()).isEqualTo(Outcome.STEP_LIMIT);
        assertThat(report.sentence()).contains("a method for stiff fields");
      }
    }
  }
}
