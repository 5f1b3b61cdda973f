package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

class EventTest {
  private record Seen(int sample, int event, double time, double first) {}

  private static final Backend REFERENCE = new ReferenceBackend();

  /** x'' = −x: x = sin(t + phase). */
  private static final Field OSCILLATOR =
      Field.of(2, (t, y) -> Value.concatenate(List.of(y.slice(1, 1), y.slice(0, 1).negated())));

  private static Event position(Direction direction, boolean terminal) {
    return Event.of(2, direction, terminal, (t, y) -> y.slice(0, 1).sum());
  }

  private static double[] start(double... phases) {
    double[] start = new double[2 * phases.length];
    for (int i = 0; i < phases.length; i++) {
      start[2 * i] = Math.sin(phases[i]);
      start[2 * i + 1] = Math.cos(phases[i]);
    }
    return start;
  }

  private static AdaptiveSolve solve(
      Backend backend,
      String method,
      Field field,
      List<Event> events,
      Spans spans,
      double[] start,
      List<Seen> seen) {
    AdaptiveSolve solve =
        new AdaptiveSolve(
            backend,
            Method.named(method),
            field,
            Map.of(),
            backend.parameters(new ParameterLayout(List.of())),
            AdaptiveSteps.of(1e-9, 1e-10),
            events,
            spans.rows());
    solve.initialValue().set(start);
    double[] y = new double[field.dimension()];
    solve.run(
        spans,
        new AdaptiveSolve.Observer() {
          @Override
          public void event(int sample, int event, double time, Buffer solution, int slot) {
            solution.getRow(slot, y, 0);
            seen.add(new Seen(sample, event, time, y[0]));
          }
        });
    return solve;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bosh3", "dopri5", "tsit5", "dopri8", "rodas4"})
  void aTerminalEventEndsEachSampleAtItsOwnTime(String method) {
    for (Backend backend : List.of(REFERENCE, new SimdBackend(WorkingPrecision.FLOAT64))) {
      List<Seen> seen = new ArrayList<>();
      double[] phases = {0.5, 1, 2, 3};
      List<Event> events = List.of(position(Direction.BOTH, true));
      AdaptiveSolve solve =
          solve(backend, method, OSCILLATOR, events, Spans.same(4, 0, 10), start(phases), seen);
      double[] end = new double[8];
      solve.solution().get(end);
      for (int i = 0; i < 4; i++) {
        double time = Math.PI - phases[i];
        assertThat(solve.stepping(i)).isEqualTo(Outcome.EVENT);
        assertThat(solve.reports().get(i).time()).isCloseTo(time, within(1e-6));
        assertThat(end[2 * i]).isCloseTo(0, within(1e-14));
        assertThat(end[2 * i + 1]).isCloseTo(-1, within(1e-6));
      }
      assertThat(seen).extracting(Seen::sample).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @Test
  void directionsCountTheirOwnCrossings() {
    for (Direction direction : Direction.values()) {
      List<Seen> seen = new ArrayList<>();
      List<Event> events = List.of(position(direction, false));
      solve(REFERENCE, "dopri5", OSCILLATOR, events, Spans.same(1, 0, 13), start(1), seen);
      List<Double> expected = new ArrayList<>();
      for (int k = 1; k <= 4; k++) {
        boolean falling = k % 2 == 1;
        if (direction == Direction.BOTH || falling == (direction == Direction.FALLING)) {
          expected.add(k * Math.PI - 1);
        }
      }
      assertThat(seen).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(seen.get(i).time()).isCloseTo(expected.get(i), within(1e-7));
      }
    }
  }

  @Test
  void backInTimeEventsAreFoundToo() {
    List<Seen> seen = new ArrayList<>();
    solve(
        REFERENCE,
        "tsit5",
        OSCILLATOR,
        List.of(position(Direction.BOTH, true)),
        Spans.same(1, 0, -10),
        start(1),
        seen);
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).time()).isCloseTo(-1, within(1e-7));
  }

  @Test
  void theFirstOfSeveralInAStepComesFirst() {
    // y' = 1: one step reaches the end, with three conditions crossed on the way.
    Field line = Field.of(1, (t, y) -> y.times(0).plus(1));
    List<Event> events = new ArrayList<>();
    for (double level : new double[] {0.7, 0.2, 0.5}) {
      events.add(Event.of(1, Direction.RISING, false, (t, y) -> y.sum().minus(level)));
    }
    events.add(Event.of(1, Direction.RISING, true, (t, y) -> y.sum().minus(0.6)));
    List<Seen> seen = new ArrayList<>();
    AdaptiveSolve solve =
        solve(REFERENCE, "dopri5", line, events, Spans.same(1, 0, 1), new double[] {0}, seen);
    assertThat(seen).extracting(Seen::event).containsExactly(1, 2, 3);
    assertThat(solve.reports().get(0).time()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void aConditionThatIsZeroAtTheStartHasNotCrossed() {
    List<Seen> seen = new ArrayList<>();
    AdaptiveSolve solve =
        solve(
            REFERENCE,
            "dopri5",
            OSCILLATOR,
            List.of(position(Direction.BOTH, true)),
            Spans.same(1, 0, 3),
            start(0),
            seen);
    assertThat(solve.stepping(0)).isEqualTo(Outcome.COMPLETED);
    assertThat(seen).isEmpty();
  }

  @Test
  void matesWithoutEventsAreLeftAlone() {
    double[] start = start(0.5, 1, 2, 3);
    Event late =
        Event.of(
            2, Direction.BOTH, false, (t, y) -> y.slice(0, 1).sum().plus(t.times(10)).minus(5));
    List<Seen> seen = new ArrayList<>();
    AdaptiveSolve watched =
        solve(
            REFERENCE,
            "dopri5",
            OSCILLATOR,
            List.of(late),
            Spans.own(new double[][] {{0, 2}, {0, 0.3}, {0, 0.3}, {0, 0.3}}),
            start,
            seen);
    AdaptiveSolve plain =
        solve(
            REFERENCE,
            "dopri5",
            OSCILLATOR,
            List.of(),
            Spans.own(new double[][] {{0, 2}, {0, 0.3}, {0, 0.3}, {0, 0.3}}),
            start,
            seen);
    double[] a = new double[8];
    double[] b = new double[8];
    watched.solution().get(a);
    plain.solution().get(b);
    assertThat(Arrays.copyOfRange(a, 2, 8)).containsExactly(Arrays.copyOfRange(b, 2, 8));
    assertThat(seen).extracting(Seen::sample).containsExactly(0);
    assertThat(watched.reports().subList(1, 4)).isEqualTo(plain.reports().subList(1, 4));
  }

  @Test
  void aConditionThatIsAVectorIsRefused() {
    assertThatThrownBy(() -> Event.of(2, Direction.BOTH, true, (t, y) -> y))
        .hasMessageContaining("must be a number for each sample");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bosh3", "dopri5", "tsit5", "dopri8", "rodas4"})
  void aCrossingAndItsReturnWithinAStepAreSeen(String method) {
    for (double share : new double[] {0.9, 0.999, 0.9999, 1.0001}) {
      List<Seen> seen = new ArrayList<>();
      Event high = Event.of(2, Direction.BOTH, false, (t, y) -> y.slice(0, 1).sum().minus(share));
      AdaptiveSolve solve =
          new AdaptiveSolve(
              REFERENCE,
              Method.named(method),
              OSCILLATOR,
              Map.of(),
              REFERENCE.parameters(new ParameterLayout(List.of())),
              AdaptiveSteps.of(0, 1e-5).withFirstStep(1.1),
              List.of(high),
              2);
      solve.initialValue().set(start(0.6, Math.PI / 2 - 2.4));
      solve.run(
          Spans.same(2, 0, 5),
          new AdaptiveSolve.Observer() {
            @Override
            public void event(int sample, int event, double time, Buffer solution, int slot) {
              seen.add(new Seen(sample, event, time, share));
            }
          });
      List<Double> expected = new ArrayList<>();
      for (double top : share > 1 ? new double[0] : new double[] {Math.PI / 2 - 0.6, 2.4}) {
        expected.add(top - Math.acos(share));
        expected.add(top + Math.acos(share));
      }
      List<Double> times =
          seen.stream()
              .sorted(Comparator.comparing(Seen::sample).thenComparing(Seen::time))
              .map(Seen::time)
              .toList();
      assertThat(times).as("%s of %s", times, share).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(times.get(i)).isCloseTo(expected.get(i), within(5e-3));
      }
    }
  }
}
