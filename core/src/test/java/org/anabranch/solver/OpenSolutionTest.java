package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Value;
import org.anabranch.solver.Event.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To stop and go on is to land. */
class OpenSolutionTest {
  private static final double[] STOPS = {0.7, 2, 2.3};
  private static final double END = 6;
  private static final Field SWING =
      Field.of(
          2,
          (t, y) ->
              Value.concatenate(
                  List.of(
                      y.slice(1, 1),
                      y.slice(0, 1).sin().times(-3).minus(y.slice(1, 1).times(0.1)))));

  private static final Interruptions BREAKS =
      Interruptions.none()
          .with(
              Event.of(2, Direction.RISING, false, (t, y) -> y.slice(0, 1).sum().minus(0.4))
                  .jumping(
                      Jump.of(
                          2,
                          (t, y) ->
                              Value.concatenate(
                                  List.of(y.slice(0, 1), y.slice(1, 1).times(-0.9))))))
          .with(Event.of(2, Direction.FALLING, true, (t, y) -> y.slice(0, 1).sum().plus(1.6)))
          .with(Jump.of(2, (t, y) -> y.times(1.05)));

  private static final List<JumpTimes> TIMES =
      List.of(JumpTimes.own(new double[][] {{2, 0.3, 4}, {}, {0.7, 0.7, 2.3}, {1}, {5}, {2}}));

  private static final double[] START = {0.1, 1, -0.3, 2, 1, 0, -1.5, 0, 0.3, 0.3, -1.5, -1};

  private static AdaptiveSolve solve(Backend backend, String method, AdaptiveSteps steps) {
    AdaptiveSolve solve =
        new AdaptiveSolve(
            backend,
            Method.named(method),
            SWING,
            Map.of(),
            backend.parameters(new ParameterLayout(List.of())),
            steps,
            BREAKS,
            6);
    solve.initialValue().set(START);
    return solve;
  }

  private static AdaptiveSolve.Observer watcher(List<String> seen) {
    return new AdaptiveSolve.Observer() {
      @Override
      public void output(int sample, int place, Buffer solution, int slot) {
        double[] y = new double[2];
        solution.getRow(slot, y, 0);
        seen.add(sample + " " + Arrays.toString(y));
      }

      @Override
      public void event(int sample, int event, double time, Buffer solution, int slot) {
        seen.add(sample + " at " + time);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"bosh3", "dopri5", "tsit5", "dopri8", "rodas4", "alf", "coupled-dopri5"})
  void stoppingAndGoingOnGivesTheBitsOfLanding(String method) {
    AdaptiveSteps steps =
        AdaptiveSteps.of(1e-4, 1e-5).withController(PidController.proportionalIntegral());
    double[] all = {0, STOPS[0], STOPS[1], STOPS[2], END};
    for (Backend backend :
        List.of(
            new ReferenceBackend(), new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      List<String> once = new ArrayList<>();
      AdaptiveSolve single = solve(backend, method, steps);
      double[][] outputs = new double[6][];
      Arrays.fill(outputs, new double[] {0.5, 1.1, 2.1, 2.9, 5, END});
      single.run(Spans.same(6, all), TIMES, outputs, watcher(once));

      List<String> stopping = new ArrayList<>();
      AdaptiveSolve parts = solve(backend, method, steps);
      double[][] wanted = {{0.5}, {1.1}, {2.1}, {2.9, 5, END}};
      for (int part = 0; part < 4; part++) {
        double[][] some = new double[6][];
        Arrays.fill(some, wanted[part]);
        Spans span = Spans.same(6, all[part], all[part + 1]);
        if (part == 0) {
          parts.run(span, TIMES, some, watcher(stopping));
        } else {
          parts.resume(span, TIMES, some, watcher(stopping));
        }
      }
      once.sort(null);
      stopping.sort(null);
      assertThat(stopping).containsExactlyElementsOf(once);
      assertThat(once).anyMatch(line -> line.contains("at"));
      double[] a = new double[12];
      double[] b = new double[12];
      single.solution().get(a);
      parts.solution().get(b);
      assertThat(b).containsExactly(a);
      assertThat(parts.reports()).isEqualTo(single.reports());
      assertThat(single.reports()).extracting(SampleReport::outcome).contains(Outcome.EVENT);
    }
  }

  @Test
  void itHasValuesWhereItIsAndGoesOn() {
    DifferentialEquation equation = DifferentialEquation.of(1, (t, y) -> y.negated());
    double[][] start = {{1}, {3}};
    OpenSolution solution =
        equation.open(Method.named("tsit5"), AdaptiveSteps.of(1e-9, 1e-9), 0, start);
    solution.resume(1);
    Trajectory on = solution.resume(1, 1.5, 2);
    assertThat(solution.time()).isEqualTo(2);
    for (int i = 0; i < 3; i++) {
      double expected = Math.exp(-on.times().get(i));
      assertThat(on.value(0, i, 0)).isCloseTo(expected, within(1e-7));
      assertThat(on.value(1, i, 0)).isCloseTo(3 * expected, within(3e-7));
    }
    assertThat(solution.resume(2).value(0, 0, 0)).isEqualTo(on.value(0, 2, 0));
    assertThatThrownBy(() -> solution.resume(2.5, 2.2)).hasMessageContaining("Use times between");
    assertThatThrownBy(() -> solution.resume()).hasMessageContaining("no times");
    assertThatThrownBy(() -> solution.resume(1.9))
        .hasMessageContaining("has come to 2.0 and is to go on to 1.9. It does not turn round");
  }

  @Test
  void aSampleThatEndedStaysWhereItIs() {
    DifferentialEquation equation = DifferentialEquation.of(1, (t, y) -> y.times(0).plus(1));
    Event half = Event.of(1, Direction.RISING, true, (t, y) -> y.sum().minus(0.5));
    OpenSolution solution =
        equation.open(
            Method.named("bosh3"),
            AdaptiveSteps.of(1e-6, 1e-6),
            0,
            new double[][] {{0}, {2}},
            Interruptions.none().with(half),
            List.of());
    assertThat(solution.resume(1).value(0, 0, 0)).isNaN();
    Trajectory on = solution.resume(1, 2);
    assertThat(on.value(0, 0, 0)).isNaN();
    assertThat(on.value(0, 1, 0)).isNaN();
    assertThat(on.value(1, 1, 0)).isEqualTo(4);
    assertThat(on.events()).isEmpty();
    assertThat(on.reports().get(0).time()).isCloseTo(0.5, within(1e-14));
  }

  /** A ball that bounces a thousand times needs no more memory than one that bounces thrice. */
  @Test
  void jumpsLeaveNothingBehind() {
    AdaptiveSolve few = bounced(3);
    AdaptiveSolve many = bounced(1000);
    assertThat(many.breaks()).isNotNull();
    assertThat(many.breaks().of(0)).isEmpty();
    assertThat(many.breaks().bytes()).isEqualTo(few.breaks().bytes()).isPositive();
  }

  private static AdaptiveSolve bounced(int jumps) {
    Field line = Field.of(1, (t, y) -> y.times(0).plus(1));
    Event one = Event.of(1, Direction.RISING, false, (t, y) -> y.sum().minus(1));
    AdaptiveSolve solve =
        new AdaptiveSolve(
            new ReferenceBackend(),
            Method.named("bosh3"),
            line,
            Map.of(),
            new ReferenceBackend().parameters(new ParameterLayout(List.of())),
            AdaptiveSteps.of(1e-6, 1e-6),
            Interruptions.none().with(one.jumping(Jump.of(1, (t, y) -> y.times(0)))),
            1);
    solve.forgetBreaks();
    solve.initialValue().set(new double[1]);
    int[] met = {0};
    solve.run(
        Spans.same(1, 0, jumps + 0.5),
        new AdaptiveSolve.Observer() {
          @Override
          public void event(int sample, int event, double time, Buffer solution, int slot) {
            met[0]++;
          }
        });
    assertThat(met[0]).isEqualTo(jumps);
    return solve;
  }
}
