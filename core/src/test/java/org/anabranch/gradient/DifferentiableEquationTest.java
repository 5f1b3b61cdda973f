package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;

/** On dz/dt = αz, whose solution and slopes are known. */
class DifferentiableEquationTest {
  private static final double ALPHA = -0.7;
  private static final double[] TIMES = {0.5, 1.2, 3};
  private static final double[][] START = {{2}, {-1}};
  private static final Problem LINEAR = Problem.linear(ALPHA);

  private static DifferentiableSolution solve(Method method, Stepping stepping) {
    return new DifferentiableEquation(new ReferenceBackend(), LINEAR.field(), LINEAR.layout())
        .solve(method, stepping, GradientMode.automatic(), new double[] {ALPHA}, TIMES, START);
  }

  @Test
  void cotangentsAreThoseOfTheExactSolution() {
    Stepping adaptive = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-10, 1e-12));
    for (Stepping stepping : List.of(adaptive, new TimeGrid(0, 1, 200))) {
      DifferentiableSolution solution = solve(Method.named("dopri5"), stepping);
      double[][][] cotangents = {{{3}, {0.5}, {-2}}, {{0}, {1}, {4}}};
      double byAlpha = 0;
      double[] byStart = new double[2];
      double[][] byTimes = new double[2][3];
      for (int row = 0; row < 2; row++) {
        for (int i = 0; i < 3; i++) {
          double duration = TIMES[i] - TIMES[0];
          double z = START[row][0] * Math.exp(ALPHA * duration);
          assertThat(solution.value(row, i, 0)).isCloseTo(z, within(1e-9));
          byAlpha += cotangents[row][i][0] * duration * z;
          byStart[row] += cotangents[row][i][0] * z / START[row][0];
          byTimes[row][i] += cotangents[row][i][0] * ALPHA * z;
          byTimes[row][0] -= cotangents[row][i][0] * ALPHA * z;
        }
      }
      for (int time = 0; time < 2; time++) { // a pullback can be asked for again
        SolutionCotangents slopes = solution.pullback(cotangents);
        assertThat(slopes.byParameters()[0]).isCloseTo(byAlpha, within(1e-8));
        for (int row = 0; row < 2; row++) {
          assertThat(slopes.byStart()[row][0]).isCloseTo(byStart[row], within(1e-8));
          assertThat(slopes.byTimes()[row]).containsExactly(byTimes[row], within(1e-7));
        }
      }
      assertThat(solution.outcome(0)).isEqualTo(Outcome.COMPLETED);
      assertThat(solution.mode().name()).isEqualTo("checkpointed");
    }
  }

  @Test
  void wrongSizesAndFailedSolvesAreRefused() {
    DifferentiableSolution solution = solve(Method.alf(), new TimeGrid(0, 1, 50));
    assertThat(solution.mode().name()).isEqualTo("reversible");
    assertThatThrownBy(() -> solution.pullback(new double[2][2][1]))
        .hasMessageContaining("[2 samples][3 times][1 components]");
    AdaptiveSteps few = AdaptiveSteps.of(1e-10, 1e-12).withLimit(2);
    DifferentiableSolution failed = solve(Method.named("dopri5"), new AdaptiveSpan(0, 1, few));
    assertThat(failed.outcome(1)).isEqualTo(Outcome.STEP_LIMIT);
    assertThatThrownBy(() -> failed.pullback(new double[2][3][1]))
        .hasMessageContaining("sample 0 has no solution: the limit of steps");
    assertThatThrownBy(
            () ->
                new DifferentiableEquation(new ReferenceBackend(), LINEAR.field(), LINEAR.layout())
                    .solve(
                        Method.rk4(),
                        new TimeGrid(0, 1, 5),
                        GradientMode.direct(),
                        new double[2],
                        TIMES,
                        START))
        .hasMessageContaining("2 parameters were given, the layout has 1");
  }
}
