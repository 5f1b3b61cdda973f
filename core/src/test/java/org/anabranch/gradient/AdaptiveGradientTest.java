package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Method;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveGradientTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final Method METHOD = Method.named("bosh3");
  private static final AdaptiveSpan SPAN = new AdaptiveSpan(0.2, 2, AdaptiveSteps.of(1e-4, 1e-6));

  /** L = Σ y(T)² on the grid that the solve of the unperturbed problem accepted. */
  private static final class Frozen {
    private final Problem problem;
    private final Parameters parameters;
    private final SolveGradient solve;

    Frozen(Problem problem, Method method) {
      this.problem = problem;
      parameters = REFERENCE.parameters(problem.layout());
      parameters.load(problem.theta());
      Accumulators accumulators = REFERENCE.accumulators(problem.layout());
      solve =
          new SolveGradient(
              REFERENCE,
              method,
              problem.field(),
              parameters,
              accumulators,
              SPAN,
              GradientMode.direct(),
              problem.rows());
      solve.solve().initialValue().set(problem.start());
      solve.forward();
    }

    double loss(double[] theta, double[] start) {
      parameters.load(theta);
      solve.solve().initialValue().set(start);
      double[] end = new double[problem.start().length];
      solve.again((solving, step, state) -> {}).solution().get(end);
      double loss = 0;
      for (double y : end) {
        loss += y * y;
      }
      return loss;
    }

    double slope(double[] numbers, int i, boolean ofStart) {
      double[] moved = numbers.clone();
      double width = 1e-5;
      moved[i] = numbers[i] + width;
      double up = ofStart ? loss(problem.theta(), moved) : loss(moved, problem.start());
      moved[i] = numbers[i] - width;
      double down = ofStart ? loss(problem.theta(), moved) : loss(moved, problem.start());
      return (up - down) / (2 * width);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bosh3", "dopri5", "tsit5", "dopri8", "rodas4", "coupled-bosh3", "coupled-dopri5"})
  void theGradientIsThatOfTheAcceptedGrid(String name) {
    Method method = Method.named(name);
    Problem problem = Problem.network(3, 5, 7);
    Problem.Result result = problem.solve(REFERENCE, method, GradientMode.direct(), SPAN);
    Frozen frozen = new Frozen(problem, method);
    assertThat(frozen.loss(problem.theta(), problem.start())).isEqualTo(result.loss());
    for (int i = 0; i < problem.theta().length; i++) {
      assertThat(result.byParameters()[i])
          .isCloseTo(frozen.slope(problem.theta(), i, false), within(1e-7));
    }
    for (int i = 0; i < problem.start().length; i++) {
      assertThat(result.byStart()[i])
          .isCloseTo(frozen.slope(problem.start(), i, true), within(1e-7));
    }
  }

  @Test
  void samplesOfDifferentSpeedTakeDifferentSteps() {
    Frozen frozen = new Frozen(Problem.network(3, 5, 7), METHOD);
    List<Integer> accepted =
        frozen.solve.reports().stream().map(SampleReport::accepted).distinct().toList();
    assertThat(accepted).hasSizeGreaterThan(1);
  }

  /**
   * At the end of the longest grids few samples are left, and their steps go back without others.
   */
  @ParameterizedTest
  @ValueSource(strings = {"direct", "checkpointed", "reversible"})
  void aSampleHasTheGradientThatItHasAloneWhereFewTakeMostSteps(String mode) {
    boolean undone = mode.equals("reversible");
    Method method = undone ? Method.alf() : METHOD;
    GradientMode way =
        undone
            ? GradientMode.reversible()
            : mode.equals("direct") ? GradientMode.direct() : new GradientMode.Checkpointed(3);
    Problem problem = Problem.network(3, 5, 24);
    List<Integer> accepted =
        new Frozen(problem, method)
            .solve.reports().stream().map(SampleReport::accepted).sorted().toList();
    assertThat(accepted.get(12)).isLessThan(accepted.get(23)); // half of them or fewer are left
    for (Backend backend : List.of(REFERENCE, new SimdBackend(WorkingPrecision.FLOAT64))) {
      var together = problem.solve(backend, method, way, SPAN);
      double[] sum = new double[problem.theta().length];
      for (int row = 0; row < problem.rows(); row++) {
        double[] start = Arrays.copyOfRange(problem.start(), 3 * row, 3 * row + 3);
        Problem one = new Problem(problem.field(), problem.layout(), problem.theta(), start, 1);
        var alone = one.solve(backend, method, way, SPAN);
        assertThat(Arrays.copyOfRange(together.byStart(), 3 * row, 3 * row + 3))
            .containsExactly(alone.byStart());
        for (int i = 0; i < sum.length; i++) {
          sum[i] += alone.byParameters()[i];
        }
      }
      assertThat(together.byParameters()).containsExactly(sum, within(1e-12));
    }
  }

  @Test
  void checkpointedGivesTheBitsOfDirect() {
    Problem problem = Problem.network(7, 19, 33);
    for (Backend backend :
        List.of(REFERENCE, new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      var direct = problem.solve(backend, METHOD, GradientMode.direct(), SPAN);
      for (int every : new int[] {1, 3, 16, 1000}) {
        var mode = new GradientMode.Checkpointed(every);
        var checkpointed = problem.solve(backend, METHOD, mode, SPAN);
        assertThat(checkpointed.byStart()).containsExactly(direct.byStart());
        assertThat(checkpointed.byParameters()).containsExactly(direct.byParameters());
      }
    }
  }

  @Test
  void adaptiveLeapfrogIsUndoneToTheBit() {
    Problem problem = Problem.network(7, 19, 33);
    AdaptiveSpan span = new AdaptiveSpan(0, 1.5, AdaptiveSteps.of(1e-3, 1e-4));
    for (Backend backend :
        List.of(REFERENCE, new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      var direct = problem.solve(backend, Method.alf(), GradientMode.direct(), span);
      var reversible = problem.solve(backend, Method.alf(), GradientMode.automatic(), span);
      assertThat(reversible.reconstructionError()).isZero();
      assertThat(reversible.byStart()).containsExactly(direct.byStart());
      assertThat(reversible.byParameters()).containsExactly(direct.byParameters());
    }
  }

  /** 32 states, or four times as many as lie between two, and those between while they are used. */
  @Test
  void checkpointsAreThinnedAsStepsComeAndShortSolvesKeepAll() {
    Problem problem = Problem.network(7, 19, 3);
    AdaptiveSpan coarse = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-3, 1e-5));
    long all = bytes(problem, coarse, GradientMode.direct());
    assertThat(bytes(problem, coarse, GradientMode.checkpointed())).isEqualTo(all);
    AdaptiveSpan fine = new AdaptiveSpan(0, 9, AdaptiveSteps.of(1e-11, 1e-13));
    for (Backend backend : List.of(REFERENCE, new SimdBackend(WorkingPrecision.FLOAT64))) {
      var direct = problem.solve(backend, METHOD, GradientMode.direct(), fine);
      var thinned = problem.solve(backend, METHOD, GradientMode.checkpointed(), fine);
      assertThat(thinned.byStart()).containsExactly(direct.byStart());
      assertThat(thinned.byParameters()).containsExactly(direct.byParameters());
      long state = 3 * 7 * Double.BYTES;
      long many = 300 * state; // fewer than the steps
      assertThat(direct.bytes() - thinned.bytes()).isGreaterThan(many);
    }
  }

  /** The grid says how large steps are; spans of their own, how many there are. */
  @Test
  void spansLongerThanTheGridKeepAsFewStates() {
    long[] bytes = new long[2];
    SolutionCotangents[] slopes = new SolutionCotangents[2];
    for (int i = 0; i < 2; i++) {
      DifferentiableSolution solution =
          new DifferentiableEquation(
                  REFERENCE, Field.of(3, (t, y) -> y.negated()), new ParameterLayout(List.of()))
              .solve(
                  Method.rk4(),
                  new TimeGrid(0, 1, 10),
                  i == 0 ? GradientMode.direct() : GradientMode.checkpointed(),
                  new double[0],
                  new double[] {0, 100},
                  new double[][] {{1, 2, 3}});
      slopes[i] = solution.pullback(new double[][][] {{{0, 0, 0}, {1, 1, 1}}});
      bytes[i] = solution.bytes();
    }
    assertThat(slopes[1].byStart()[0]).containsExactly(slopes[0].byStart()[0]);
    int state = 3 * Double.BYTES;
    assertThat(bytes[0] - bytes[1]).isGreaterThan(900L * state);
  }

  /** Eight steps' worth of digits at most: each sample has states kept at steps of its own. */
  @Test
  void dampedLeapfrogIsSetRightOnItsWayBack() {
    Problem problem = Problem.network(7, 19, 33);
    AdaptiveSpan span = new AdaptiveSpan(0, 1.5, AdaptiveSteps.of(1e-3, 1e-4));
    Method damped = Method.alf(0.9);
    for (Backend backend : List.of(REFERENCE, new SimdBackend())) {
      var direct = problem.solve(backend, damped, GradientMode.direct(), span);
      var reversible = problem.solve(backend, damped, GradientMode.reversible(), span);
      assertThat(reversible.differenceFrom(direct)).isLessThan(1e-5);
    }
  }

  @Test
  void aFixedNumberOfStatesGivesTheBitsOfDirectInMemoryThatStepsDoNotRaise() {
    Problem problem = Problem.network(7, 19, 33);
    AdaptiveSpan fine = new AdaptiveSpan(0.2, 2, AdaptiveSteps.of(1e-7, 1e-9));
    for (Backend backend : List.of(REFERENCE, new SimdBackend())) {
      for (Stepping stepping : List.of(SPAN, new TimeGrid(0, 1, 57), new TimeGrid(0, 1, 2))) {
        var direct = problem.solve(backend, METHOD, GradientMode.direct(), stepping);
        for (int states : new int[] {1, 2, 3, 5, 100}) {
          var few = problem.solve(backend, METHOD, GradientMode.binomial(states), stepping);
          assertThat(few.byStart()).containsExactly(direct.byStart());
          assertThat(few.byParameters()).containsExactly(direct.byParameters());
        }
      }
    }
    long short4 = bytes(problem, new TimeGrid(0, 1, 20), GradientMode.binomial(4));
    long long4 = bytes(problem, new TimeGrid(0, 1, 500), GradientMode.binomial(4));
    assertThat(long4).isEqualTo(short4);
    assertThat(bytes(problem, new TimeGrid(0, 1, 500), GradientMode.direct()))
        .isGreaterThan(long4 + 490 * 2 * 8 * 7 * 33);
    assertThat(bytes(problem, fine, GradientMode.binomial(4)))
        .isLessThan(bytes(problem, fine, GradientMode.checkpointed()));
  }

  private static long bytes(Problem problem, Stepping stepping, GradientMode mode) {
    return problem.solve(REFERENCE, METHOD, mode, stepping).bytes();
  }
}
