package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Event;
import org.anabranch.solver.Event.Direction;
import org.anabranch.solver.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A ball that falls from h with gravity g, bounces with the share e of its speed, and whose landing
 * is watched by a second event, of another condition with the same root: that one's derivatives are
 * those that it has alone, and it changes nothing for the rest.
 */
class EventsTogetherGradientTest {
  private static final double H = 2;
  private static final double[] THETA = {0.8, 9.81};

  /** Twice the height: the same roots, to the bit. */
  private static final Event WATCHED =
      Event.of(2, Direction.BOTH, false, (t, y) -> y.slice(0, 1).sum().times(2));

  private static DifferentiableSolution solve(
      Backend backend, String method, Event first, Event... more) {
    DifferentiableEquation equation =
        new DifferentiableEquation(backend, FallingBall.FALL, FallingBall.LAYOUT).with(first);
    for (Event event : more) {
      equation = equation.with(event);
    }
    return equation.solve(
        Method.named(method),
        new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-6, 1e-9)),
        GradientMode.automatic(),
        THETA,
        new double[] {0, 1},
        new double[][] {{H, 0}});
  }

  private static final List<Backend> BACKENDS =
      List.of(new ReferenceBackend(), new SimdBackend(WorkingPrecision.FLOAT64));

  @ParameterizedTest
  @ValueSource(strings = {"dopri5", "rodas4", "alf", "coupled-dopri5"})
  void aWatchedLandingHasItsOwnDerivativesAndChangesNoOthers(String method) {
    double[][][] ofEnd = {{{0, 0}, {1, 0.5}}};
    for (Backend backend : BACKENDS) {
      DifferentiableSolution both =
          solve(backend, method, FallingBall.GROUND.jumping(FallingBall.BOUNCE), WATCHED);
      assertThat(both.events()).extracting("event").containsExactly(1, 0);
      double landing = Math.sqrt(2 * H / THETA[1]);
      assertThat(both.events().get(0).time()).isCloseTo(landing, within(1e-6));
      var bounced = solve(backend, method, FallingBall.GROUND.jumping(FallingBall.BOUNCE));
      var expected = bounced.pullback(ofEnd, new double[] {0.7}, new double[][] {{0, 0.2}});
      var slopes = both.pullback(ofEnd, new double[] {0, 0.7}, new double[][] {{0, 0}, {0, 0.2}});
      assertThat(slopes.byStart()[0]).containsExactly(expected.byStart()[0], within(1e-12));
      assertThat(slopes.byParameters()).containsExactly(expected.byParameters(), within(1e-12));
      assertThat(slopes.byTimes()[0]).containsExactly(expected.byTimes()[0], within(1e-11));
      // τ + 0.3 v of the watched one: τ = √(2h/g), v = −√(2gh).
      slopes =
          both.pullback(
              new double[1][2][2], new double[] {1, 0}, new double[][] {{0, 0.3}, {0, 0}});
      double speed = Math.sqrt(2 * THETA[1] * H);
      assertThat(slopes.byStart()[0][0])
          .isCloseTo(1 / speed - 0.3 * THETA[1] / speed, within(1e-6));
      assertThat(slopes.byParameters())
          .containsExactly(
              new double[] {0, -landing / (2 * THETA[1]) - 0.3 * H / speed}, within(1e-6));
      assertThat(slopes.byTimes()[0][0]).isCloseTo(1, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dopri5", "alf"})
  void theEndOfASolveMovesWithItsEventWhateverElseIsSeenThere(String method) {
    Event end = new Event(FallingBall.GROUND.condition(), Direction.FALLING, true);
    for (Backend backend : BACKENDS) {
      var alone = solve(backend, method, end);
      var seen = solve(backend, method, end, WATCHED);
      assertThat(seen.events()).extracting("event").containsExactly(1, 0);
      double[][][] none = new double[1][2][2];
      double[][] ofValue = {{0.4, 0.3}};
      var expected = alone.pullback(none, new double[] {1}, ofValue);
      var last = seen.pullback(none, new double[] {0, 1}, new double[][] {{0, 0}, ofValue[0]});
      var first = seen.pullback(none, new double[] {1, 0}, new double[][] {ofValue[0], {0, 0}});
      for (SolutionCotangents slopes : List.of(last, first)) {
        assertThat(slopes.byStart()[0]).containsExactly(expected.byStart()[0], within(1e-12));
        assertThat(slopes.byParameters()).containsExactly(expected.byParameters(), within(1e-12));
        assertThat(slopes.byTimes()[0]).containsExactly(expected.byTimes()[0], within(1e-11));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dopri5", "alf"})
  void twoJumpsAtOneTimeHaveNoDerivative(String method) {
    for (Backend backend : BACKENDS) {
      var solution =
          solve(
              backend,
              method,
              FallingBall.GROUND.jumping(FallingBall.BOUNCE),
              WATCHED.jumping(FallingBall.BOUNCE));
      assertThat(solution.value(0, 1, 0)).isNegative(); // reversed twice, it falls on
      assertThatThrownBy(
              () -> solution.pullback(new double[1][2][2], new double[2], new double[2][2]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("sample 0 takes the jumps of event 0 and of another at t = 0.63")
          .hasMessageContaining("one event with one jump");
    }
  }
}
