package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.Jump;
import org.anabranch.solver.JumpTimes;
import org.anabranch.solver.Method;
import org.anabranch.solver.Spans;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;

/** Undoing steps comes back to what jumps led to: at the start, along the way, several at once. */
class RestoredJumpsTest {
  private static final Field SWING =
      Field.of(
          2, (t, y) -> Value.concatenate(List.of(y.slice(1, 1), y.slice(0, 1).sin().times(-2))));
  private static final Jump PUSH = Jump.of(2, (t, y) -> y.times(0.7).plus(0.3));
  private static final List<JumpTimes> TIMES =
      List.of(JumpTimes.own(new double[][] {{0}, {0, 0, 1.1}, {0.4, 1}, {}}));
  private static final double[] START = {1, 0, 0.2, 0.5, -1, 1, 0.3, 0.1};

  private static SolveGradient solved(Backend backend, Method method, Stepping stepping) {
    ParameterLayout none = new ParameterLayout(List.of());
    Parameters parameters = backend.parameters(none);
    Accumulators accumulators = backend.accumulators(none);
    Map<String, Buffer> context = Map.of();
    SolveGradient solve =
        new SolveGradient(
            backend,
            method,
            SWING,
            context,
            parameters,
            accumulators,
            stepping,
            Interruptions.none().with(PUSH),
            GradientMode.reversible(),
            Demands.none().withTimes(),
            4);
    solve.solve().initialValue().set(START);
    solve.forward(Spans.same(4, 0, 2), TIMES);
    solve.solutionCotangent().fill(1);
    solve.backward();
    return solve;
  }

  @Test
  void bitExactMethodsComeBackToTheBit() {
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      for (Stepping stepping :
          List.of(new TimeGrid(0, 2, 80), new AdaptiveSpan(0, 2, AdaptiveSteps.of(1e-3, 1e-3)))) {
        SolveGradient solve = solved(backend, Method.alf(), stepping);
        for (int row = 0; row < 4; row++) {
          assertThat(solve.isRestored(row)).as("sample %d, %s", row, stepping).isTrue();
        }
      }
    }
  }

  @Test
  void othersComeNearAndSayHowNear() {
    SolveGradient solve =
        solved(new SimdBackend(), Method.named("coupled-rk4"), new TimeGrid(0, 2, 80));
    for (int row = 0; row < 4; row++) {
      assertThat(solve.isRestored(row)).isFalse();
      assertThat(solve.reconstructionError(row)).isBetween(1e-17, 1e-12);
    }
  }
}
