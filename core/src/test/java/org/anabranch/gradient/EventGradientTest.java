package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Event;
import org.anabranch.solver.Event.Direction;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time at which x'' = −ω² x passes 0: (π − atan(ω x₀ / v₀)) / ω, with the velocity there. */
class EventGradientTest {
  private static final double OMEGA = 1.3;
  private static final double[][] START = {{1, 0.4}, {0.2, 1.5}, {-0.5, 0.1}, {0.7, 0.7}};
  private static final double[] TIMES = {0, 0.5, 2.4};
  private static final ParameterLayout LAYOUT = ParameterLayout.of(Map.of("w", Shape.scalar()));
  private static final Field SWING =
      Field.of(
          2,
          (t, y) -> {
            Value w = Value.parameter("w", Shape.scalar());
            return Value.concatenate(
                List.of(y.slice(1, 1), y.slice(0, 1).times(w.square().negated())));
          });
  private static final Event DOWN =
      Event.of(2, Direction.FALLING, true, (t, y) -> y.slice(0, 1).sum());

  private static DifferentiableSolution solve(Backend backend, String method, AdaptiveSteps steps) {
    return new DifferentiableEquation(backend, SWING, LAYOUT)
        .with(DOWN)
        .solve(
            Method.named(method),
            new AdaptiveSpan(0, 1, steps),
            GradientMode.automatic(),
            new double[] {OMEGA},
            TIMES,
            START);
  }

  private static void check(DifferentiableSolution solution, double tolerance) {
    assertThat(solution.events()).extracting("sample").containsExactly(0, 1, 3);
    assertThat(solution.outcome(1)).isEqualTo(Outcome.EVENT);
    assertThat(solution.outcome(2)).isEqualTo(Outcome.COMPLETED);
    assertThat(solution.value(0, 1, 0)).isFinite();
    assertThat(solution.value(0, 2, 0)).isNaN();
    assertThat(solution.value(2, 2, 0)).isFinite();
    // L = Σ (t* + 2 v*) over those that pass 0, and x at the end of the one that does not.
    double[][][] cotangents = new double[4][3][2];
    cotangents[0][2][0] = 77; // there is no such value, and no loss of it
    cotangents[2][2][0] = 1;
    double[][] ofValues = {{0, 2}, {0, 2}, {0, 2}};
    var slopes = solution.pullback(cotangents, new double[] {1, 1, 1}, ofValues);
    double byOmega = 0;
    for (int row = 0; row < 4; row++) {
      double x = START[row][0];
      double v = START[row][1];
      double energy = v * v + OMEGA * OMEGA * x * x;
      double[] byStart = {
        -v / energy - 2 * OMEGA * OMEGA * x / Math.sqrt(energy),
        x / energy - 2 * v / Math.sqrt(energy)
      };
      double time = (Math.PI - Math.atan2(OMEGA * x, v)) / OMEGA;
      double byTime = -time / OMEGA - x * v / energy / OMEGA;
      double slope = byTime - 2 * OMEGA * x * x / Math.sqrt(energy);
      if (row == 2) {
        double turn = OMEGA * TIMES[2];
        byStart = new double[] {Math.cos(turn), Math.sin(turn) / OMEGA};
        slope =
            -x * TIMES[2] * Math.sin(turn)
                + v * (TIMES[2] * Math.cos(turn) / OMEGA - Math.sin(turn) / (OMEGA * OMEGA));
      }
      byOmega += slope;
      assertThat(slopes.byStart()[row]).containsExactly(byStart, within(tolerance));
      // Alike from a later start; the planned end is nothing to a solve that an event ends.
      boolean ended = row != 2;
      assertThat(slopes.byTimes()[row][2]).isEqualTo(ended ? 0 : slopes.byTimes()[row][2]);
    }
    assertThat(slopes.byParameters()[0]).isCloseTo(byOmega, within(10 * tolerance));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bosh3", "dopri5", "tsit5", "dopri8", "rodas4", "alf", "coupled-dopri5"})
  void derivativesOfAnEventAreTheKnownOnes(String method) {
    boolean fine = !method.equals("alf");
    AdaptiveSteps steps = fine ? AdaptiveSteps.of(1e-10, 1e-10) : AdaptiveSteps.of(1e-7, 1e-7);
    double tolerance = fine ? 1e-7 : 1e-5;
    check(solve(new ReferenceBackend(), method, steps), tolerance);
    check(solve(new SimdBackend(WorkingPrecision.FLOAT64), method, steps), tolerance);
    check(solve(new SimdBackend(), method, AdaptiveSteps.of(1e-5, 1e-6)), 1e-3);
  }

  @Test
  void theReversibleModeIsInUseWhereItIsExact() {
    assertThat(solve(new SimdBackend(), "alf", AdaptiveSteps.of(1e-3, 1e-3)).mode().name())
        .isEqualTo("reversible");
  }

  /** y = (t − 1)³ passes 0 with no slope; y = (t − 1)³ + (t − 1) / 2 with one. */
  @Test
  void anEventThatIsOnlyTouchedIsToldOf() {
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      for (double share : new double[] {0, 0.5}) {
        Field cubic =
            Field.of(1, (t, y) -> y.times(0).plus(t.minus(1).square().times(3).plus(share)));
        Event zero = Event.of(1, Direction.RISING, true, (t, y) -> y.sum());
        DifferentiableSolution solution =
            new DifferentiableEquation(backend, cubic, new ParameterLayout(List.of()))
                .with(zero)
                .solve(
                    Method.named("dopri5"),
                    new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-5, 1e-7)),
                    GradientMode.direct(),
                    new double[0],
                    new double[] {0, 3},
                    new double[][] {{-1 - share}});
        assertThat(solution.outcome(0)).isEqualTo(Outcome.EVENT);
        double[][][] none = new double[1][2][1];
        assertThat(solution.pullback(none).byStart()[0][0]).isZero();
        double[][] ofValue = {{0}};
        if (share == 0) {
          assertThatThrownBy(() -> solution.pullback(none, new double[] {1}, ofValue))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("sample 0 only touches event 0 at t = ")
              .hasMessageContaining("Leave the sample out");
        } else {
          assertThat(solution.pullback(none, new double[] {1}, ofValue).byStart()[0][0])
              .isCloseTo(-1 / share, within(1e-4));
        }
      }
    }
  }

  @Test
  void cotangentsThatDoNotFitTheEventsAreRefused() {
    var solution = solve(new ReferenceBackend(), "tsit5", AdaptiveSteps.of(1e-6, 1e-6));
    assertThatThrownBy(
            () -> solution.pullback(new double[4][3][2], new double[2], new double[2][2]))
        .hasMessageContaining("cotangents of 2 times and 2 values of events, met were 3");
  }

  /** A step ends at the event, the others have one size; also of methods that estimate no error. */
  @ParameterizedTest
  @ValueSource(strings = {"rk4", "midpoint", "dopri5", "coupled-rk4", "alf", "rodas4"})
  void stepsOfOneSizeEndAtEventsToo(String method) {
    int steps = method.equals("midpoint") || method.equals("alf") ? 3000 : 400;
    for (Backend backend :
        List.of(new ReferenceBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      DifferentiableSolution solution =
          new DifferentiableEquation(backend, SWING, LAYOUT)
              .with(DOWN)
              .solve(
                  Method.named(method),
                  new TimeGrid(0, 1, steps),
                  GradientMode.automatic(),
                  new double[] {OMEGA},
                  TIMES,
                  START);
      check(solution, 1e-6);
      assertThat(solution.reports().get(2).accepted()).isBetween(2 * steps, 2 * steps + steps);
      assertThat(solution.reports().get(2).rejected()).isZero();
    }
  }

  @Test
  void aSamplesDerivativesAreThoseThatItHasAlone() {
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      for (String method : List.of("tsit5", "alf")) {
        AdaptiveSteps steps = AdaptiveSteps.of(1e-4, 1e-4);
        double[][][] cotangents = new double[4][3][2];
        cotangents[2][2][0] = 1;
        var all =
            solve(backend, method, steps)
                .pullback(cotangents, new double[] {1, 1, 1}, new double[3][2]);
        for (int row = 0; row < 4; row++) {
          boolean met = row != 2;
          var alone =
              new DifferentiableEquation(backend, SWING, LAYOUT)
                  .with(DOWN)
                  .solve(
                      Method.named(method),
                      new AdaptiveSpan(0, 1, steps),
                      GradientMode.automatic(),
                      new double[] {OMEGA},
                      TIMES,
                      Arrays.copyOfRange(START, row, row + 1))
                  .pullback(
                      Arrays.copyOfRange(cotangents, row, row + 1),
                      met ? new double[] {1} : new double[0],
                      met ? new double[1][2] : new double[0][]);
          assertThat(all.byStart()[row]).containsExactly(alone.byStart()[0]);
          assertThat(all.byTimes()[row]).containsExactly(alone.byTimes()[0]);
        }
      }
    }
  }
}
