package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The continuous adjoint: it nears the gradient of the solve as steps become small. */
class BacksolveTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final double ALPHA = -0.7;
  private static final double[] TIMES = {0.5, 1.2, 3};
  private static final double[][] START = {{2}, {-1}};

  private static Stepping adaptive(double tolerance) {
    return new AdaptiveSpan(0, 1.5, AdaptiveSteps.of(tolerance, tolerance));
  }

  private static double error(Method method, GradientMode mode, Stepping stepping) {
    Problem problem = Problem.network(3, 5, 4);
    Problem.Result exact =
        problem.solve(REFERENCE, Method.named("dopri8"), GradientMode.direct(), adaptive(1e-13));
    return problem.gradients(REFERENCE, method, mode, stepping).differenceFrom(exact);
  }

  @Test
  void equalStepsConvergeWithTheOrderOfTheMethod() {
    for (String name : List.of("heun", "bosh3", "rk4", "dopri5", "tsit5")) {
      Method method = Method.named(name);
      double coarse = error(method, GradientMode.backsolve(), new TimeGrid(0, 1.5, 12));
      double fine = error(method, GradientMode.backsolve(), new TimeGrid(0, 1.5, 24));
      assertThat(Math.log(coarse / fine) / Math.log(2))
          .as(name)
          .isGreaterThan(method.order() - 0.5);
    }
  }

  @Test
  void theErrorFallsWithTheToleranceAndDoesNotWithoutIt() {
    Method method = Method.named("dopri5");
    double coarse = error(method, GradientMode.backsolve(), adaptive(1e-3));
    double fine = error(method, GradientMode.backsolve(), adaptive(1e-9));
    assertThat(coarse).isBetween(1e-6, 1e-1);
    assertThat(fine).isLessThan(1e-7);
    double back =
        error(
            method,
            GradientMode.backsolve().by(Method.named("tsit5"), adaptive(1e-3)),
            adaptive(1e-9));
    assertThat(back).isGreaterThan(10 * fine);
  }

  @Test
  void theFullNormTakesTheParametersIntoTheError() {
    Method method = Method.named("tsit5");
    GradientMode full = GradientMode.backsolve().withFullNorm();
    assertThat(error(method, full, adaptive(1e-8))).isLessThan(1e-6);
    Problem problem = Problem.network(3, 5, 4);
    Problem.Result semi =
        problem.gradients(REFERENCE, method, GradientMode.backsolve(), adaptive(1e-5));
    assertThat(problem.gradients(REFERENCE, method, full, adaptive(1e-5)).byParameters())
        .isNotEqualTo(semi.byParameters());
  }

  @Test
  void backendsAgree() {
    Problem problem = Problem.network(6, 20, 17);
    for (Stepping stepping : List.of(adaptive(1e-8), new TimeGrid(0, 1, 20))) {
      Problem.Result expected =
          problem.gradients(REFERENCE, Method.named("dopri5"), GradientMode.backsolve(), stepping);
      assertThat(
              problem
                  .gradients(
                      new SimdBackend(WorkingPrecision.FLOAT64),
                      Method.named("dopri5"),
                      GradientMode.backsolve(),
                      stepping)
                  .differenceFrom(expected))
          .isLessThan(1e-7);
    }
  }

  @Test
  void cotangentsAreThoseOfTheExactSolution() {
    Problem linear = Problem.linear(ALPHA);
    for (Stepping stepping : List.of(adaptive(1e-10), new TimeGrid(0, 1, 200))) {
      DifferentiableSolution solution =
          new DifferentiableEquation(REFERENCE, linear.field(), linear.layout())
              .solve(
                  Method.named("dopri5"),
                  stepping,
                  GradientMode.backsolve(),
                  new double[] {ALPHA},
                  TIMES,
                  START);
      double[][][] cotangents = {{{3}, {0.5}, {-2}}, {{0}, {1}, {4}}};
      double byAlpha = 0;
      double[] byStart = new double[2];
      double[][] byTimes = new double[2][3];
      for (int row = 0; row < 2; row++) {
        for (int i = 0; i < 3; i++) {
          double duration = TIMES[i] - TIMES[0];
          double z = START[row][0] * Math.exp(ALPHA * duration);
          byAlpha += cotangents[row][i][0] * duration * z;
          byStart[row] += cotangents[row][i][0] * z / START[row][0];
          byTimes[row][i] += cotangents[row][i][0] * ALPHA * z;
          byTimes[row][0] -= cotangents[row][i][0] * ALPHA * z;
        }
      }
      for (int time = 0; time < 2; time++) {
        SolutionCotangents slopes = solution.pullback(cotangents);
        assertThat(slopes.byParameters()[0]).isCloseTo(byAlpha, within(1e-8));
        for (int row = 0; row < 2; row++) {
          assertThat(slopes.byStart()[row][0]).isCloseTo(byStart[row], within(1e-8));
          assertThat(slopes.byTimes()[row]).containsExactly(byTimes[row], within(1e-8));
        }
      }
      assertThat(solution.mode().name()).isEqualTo("backsolve");
    }
  }

  /** Of one grid of all samples: z' = αz, L = 2 z(0.5) + z(1). */
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void cotangentsOfEverySoManyStepsArrive(int stride) {
    Problem linear = Problem.linear(ALPHA);
    Parameters parameters = REFERENCE.parameters(linear.layout());
    parameters.load(linear.theta());
    Accumulators accumulators = REFERENCE.accumulators(linear.layout());
    SolveGradient solve =
        new SolveGradient(
            REFERENCE,
            Method.rk4(),
            linear.field(),
            Map.of(),
            parameters,
            accumulators,
            new TimeGrid(0, 1, 50),
            GradientMode.backsolve(),
            Demands.none().withEvery(stride, 50),
            1);
    solve.solve().initialValue().set(linear.start());
    solve.forward();
    solve.pointCotangent(25 / stride - 1).fill(2);
    solve.solutionCotangent().fill(1);
    solve.backward();
    double[] byAlpha = new double[1];
    accumulators.total(byAlpha);
    double[] byStart = new double[1];
    solve.initialCotangent().get(byStart);
    assertThat(byStart[0]).isCloseTo(2 * Math.exp(ALPHA / 2) + Math.exp(ALPHA), within(1e-7));
    assertThat(byAlpha[0]).isCloseTo(Math.exp(ALPHA / 2) + Math.exp(ALPHA), within(1e-7));
  }

  @Test
  void memoryDoesNotGrowWithTheSteps() {
    Problem problem = Problem.network(6, 20, 17);
    Method method = Method.rk4();
    long few = bytes(problem, method, GradientMode.backsolve(), 10);
    assertThat(bytes(problem, method, GradientMode.backsolve(), 1000)).isEqualTo(few);
    assertThat(bytes(problem, method, GradientMode.direct(), 1000))
        .isGreaterThan(2 * bytes(problem, method, GradientMode.direct(), 10));
  }

  private static long bytes(Problem problem, Method method, GradientMode mode, int steps) {
    return problem.gradients(REFERENCE, method, mode, new TimeGrid(0, 1, steps)).bytes();
  }

  @Test
  void methodsThatCarryMoreThanTheSolutionAreRefused() {
    Stepping grid = new TimeGrid(0, 1, 5);
    assertThatThrownBy(() -> GradientMode.backsolve().forSolve(Method.alf(), grid))
        .hasMessageContaining("'alf' carries more than the solution")
        .hasMessageContaining("Use 'reversible'");
    assertThatThrownBy(() -> GradientMode.backsolve().forSolve(Method.rodas4(), grid))
        .hasMessageContaining("Use 'checkpointed'");
    assertThatThrownBy(() -> GradientMode.backsolve().withFullNorm().forSolve(Method.rk4(), grid))
        .hasMessageContaining("equal steps look at no error");
    assertThatThrownBy(
            () -> GradientMode.backsolve().forSolve(Method.named("euler"), adaptive(1e-3)))
        .hasMessageContaining("'euler' has no error estimate");
    assertThatThrownBy(
            () ->
                new DifferentiableEquation(
                        REFERENCE, Problem.linear(1).field(), Problem.linear(1).layout())
                    .solve(
                        Method.rk4(),
                        grid,
                        GradientMode.backsolve(),
                        new double[] {1},
                        new double[] {0, 1},
                        new double[][] {{1}},
                        SampleInputs.none().withOutputs(new double[][] {{0.3}})))
        .hasMessageContaining("to no outputs between");
    GradientMode back = GradientMode.backsolve().by(Method.named("tsit5"), grid);
    assertThat(back.forSolve(Method.rodas4(), grid).name()).isEqualTo("backsolve");
  }

  @Test
  void anAdjointThatCannotBeSolvedBackIsSaidSo() {
    Problem decay = Problem.linear(-50);
    AdaptiveSteps few = AdaptiveSteps.of(1e-6, 1e-9).withLimit(20);
    DifferentiableSolution solution =
        new DifferentiableEquation(REFERENCE, decay.field(), decay.layout())
            .solve(
                Method.rk4(),
                new TimeGrid(0, 1, 200),
                GradientMode.backsolve().by(Method.named("tsit5"), new AdaptiveSpan(0, 1, few)),
                new double[] {-50},
                new double[] {0, 1},
                new double[][] {{1}});
    assertThat(solution.outcome(0)).isEqualTo(Outcome.COMPLETED);
    assertThatThrownBy(() -> solution.pullback(new double[][][] {{{0}, {1}}}))
        .hasMessageContaining("adjoint of sample 0 cannot be solved back: the limit of steps")
        .hasMessageContaining("'checkpointed'");
  }
}
