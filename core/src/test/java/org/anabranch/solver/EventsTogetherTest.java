package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
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

/** Events that cross at one time: each of them is met. */
class EventsTogetherTest {
  private record Seen(int event, double time) {}

  private static final List<Backend> BACKENDS =
      List.of(new ReferenceBackend(), new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64));

  private static final Field LINE = Field.of(1, (t, y) -> y.times(0).plus(1));

  /** Two balls, (height, speed) each. */
  private static final Field BALLS =
      Field.of(
          4,
          (t, y) ->
              Value.concatenate(
                  List.of(
                      y.slice(1, 1),
                      y.slice(1, 1).times(0).minus(9.81),
                      y.slice(3, 1),
                      y.slice(3, 1).times(0).minus(9.81))));

  private static final class Run {
    final List<Seen> seen = new ArrayList<>();
    final AdaptiveSolve solve;
    final double[] end;

    Run(
        Backend backend,
        String method,
        Field field,
        List<Event> events,
        double until,
        double... start) {
      solve =
          new AdaptiveSolve(
              backend,
              Method.named(method),
              field,
              Map.of(),
              backend.parameters(new ParameterLayout(List.of())),
              AdaptiveSteps.of(1e-5, 1e-6),
              events,
              1);
      solve.initialValue().set(start);
      solve.run(
          Spans.same(1, 0, until),
          new AdaptiveSolve.Observer() {
            @Override
            public void event(int sample, int event, double time, Buffer solution, int slot) {
              seen.add(new Seen(event, time));
            }
          });
      end = new double[start.length];
      solve.solution().get(end);
    }
  }

  private static Event at(double level, double scale, boolean terminal) {
    return Event.of(1, Direction.RISING, terminal, (t, y) -> y.sum().minus(level).times(scale));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bosh3", "dopri5", "tsit5", "dopri8", "rodas4", "alf"})
  void aTerminalEventEndsTheSolveWhateverElseCrosses(String method) {
    for (Backend backend : BACKENDS) {
      List<Event> events =
          List.of(at(0.5, 1, true), at(0.5, 3, false), at(0.6, 1, false), at(0.5, 7, false));
      Run run = new Run(backend, method, LINE, events, 2, 0);
      assertThat(run.solve.stepping(0)).isEqualTo(Outcome.EVENT);
      assertThat(run.solve.reports().get(0).time()).isCloseTo(0.5, within(1e-6));
      assertThat(run.seen).extracting(Seen::event).containsExactly(1, 3, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 2, 3, 5, 8, 20})
  void eventsThatAreRoundingsApartAreEachMetOnce(double roundings) {
    double near = 0.7 + roundings * Math.ulp(0.7);
    for (Backend backend : BACKENDS) {
      for (List<Double> levels : List.of(List.of(0.7, near, 0.9), List.of(near, 0.9, 0.7))) {
        List<Event> events = levels.stream().map(level -> at(level, 1, false)).toList();
        Run run = new Run(backend, "dopri5", LINE, events, 2, 0);
        assertThat(run.solve.stepping(0)).isEqualTo(Outcome.COMPLETED);
        assertThat(run.seen).extracting(Seen::event).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(run.seen).extracting(Seen::time).isSorted();
        for (Seen one : run.seen) {
          assertThat(one.time()).isCloseTo(levels.get(one.event()), within(1e-6));
        }
      }
    }
  }

  private static Event ground(int ball, boolean bounces) {
    Event ground = Event.of(4, Direction.FALLING, false, (t, y) -> y.slice(2 * ball, 1).sum());
    Jump bounce =
        Jump.of(
            4,
            (t, y) -> {
              Value back = y.slice(2 * ball + 1, 1).times(-0.8);
              return ball == 0
                  ? Value.concatenate(List.of(y.slice(0, 1), back, y.slice(2, 2)))
                  : Value.concatenate(List.of(y.slice(0, 3), back));
            });
    return bounces ? ground.jumping(bounce) : ground;
  }

  @Test
  void bothJumpsAreTakenWhereTwoBallsLandTogether() {
    for (Backend backend : BACKENDS) {
      List<Event> events = List.of(ground(0, true), ground(1, true));
      Run run = new Run(backend, "dopri5", BALLS, events, 3, 2, 0, 2, 0);
      assertThat(run.solve.stepping(0)).isEqualTo(Outcome.COMPLETED);
      assertThat(run.end[2]).isEqualTo(run.end[0]).isPositive();
      assertThat(run.end[3]).isEqualTo(run.end[1]);
      assertThat(run.seen).hasSize(6);
      for (int i = 0; i < 6; i += 2) {
        assertThat(run.seen.get(i).time()).isEqualTo(run.seen.get(i + 1).time());
      }
      // Alone the first ball flies alike, by as many bounces.
      Run alone = new Run(backend, "dopri5", BALLS, List.of(ground(0, true)), 3, 2, 0, 100, 0);
      assertThat(alone.seen).hasSize(3);
      assertThat(run.end[0]).isCloseTo(alone.end[0], within(2e-4));
    }
  }

  @Test
  void aConditionThatIsJumpedAtAndWatchedIsSeenToo() {
    for (Backend backend : BACKENDS) {
      List<Event> events = List.of(ground(0, true), ground(0, false));
      Run run = new Run(backend, "tsit5", BALLS, events, 3, 2, 0, 100, 0);
      assertThat(run.seen).extracting(Seen::event).containsExactly(1, 0, 1, 0, 1, 0);
      assertThat(run.end[0]).isPositive();
    }
  }
}
