package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.BogackiShampine;
import org.anabranch.solver.Method;
import org.anabranch.solver.SampleReport;
import org.junit.jupiter.api.Test;

class AdaptiveGradientTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final Method METHOD = new BogackiShampine();
  private static final AdaptiveSpan SPAN = new AdaptiveSpan(0.2, 2, AdaptiveSteps.of(1e-4, 1e-6));

  /** L = Σ y(T)² on the grid that the solve of the unperturbed problem accepted. */
  private static final class Frozen {
    private final Problem problem;
    private final Parameters parameters;
    private final SolveGradient solve;

    Frozen(Problem problem) {
      this.problem = problem;
      parameters = REFERENCE.parameters(problem.layout());
      parameters.load(problem.theta());
      Accumulators accumulators = REFERENCE.accumulators(problem.layout());
      solve =
          new SolveGradient(
              REFERENCE,
              METHOD,
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

  @Test
  void theGradientIsThatOfTheAcceptedGrid() {
    Problem problem = Problem.network(3, 5, 7);
    Problem.Result result = problem.solve(REFERENCE, METHOD, GradientMode.direct(), SPAN);
    Frozen frozen = new Frozen(problem);
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
    Frozen frozen = new Frozen(Problem.network(3, 5, 7));
    List<Integer> accepted =
        frozen.solve.reports().stream().map(SampleReport::accepted).distinct().toList();
    assertThat(accepted).hasSizeGreaterThan(1);
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
}
