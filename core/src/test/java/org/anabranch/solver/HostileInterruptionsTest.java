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
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.Event.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jumps and events where solves stumble: at the ends, together, without end, of no number. */
class HostileInterruptionsTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final Field LINE = Field.of(1, (t, y) -> y.times(0).plus(1));
  private static final Jump TWICE = Jump.of(1, (t, y) -> y.times(2));
  private static final Jump PLUS_ONE = Jump.of(1, (t, y) -> y.plus(1));

  /** The ends, points and events of a solve on either kind of steps. */
  private static final class Run {
    final SteppedSolve solve;
    final double[] end;
    final List<Double> landed = new ArrayList<>();
    final List<Double> events = new ArrayList<>();

    Run(
        Backend backend,
        String method,
        Field field,
        Stepping stepping,
        Interruptions interruptions,
        double[][] spans,
        List<JumpTimes> jumps,
        double... start) {
      int rows = spans.length;
      solve =
          new SteppedSolve(
              backend,
              Method.named(method),
              field,
              Map.of(),
              backend.parameters(new ParameterLayout(List.of())),
              stepping,
              interruptions,
              true,
              rows);
      solve.solve().initialValue().set(start);
      solve.follow(Spans.own(spans));
      solve.jumpAt(jumps);
      solve.run(
          (step, state) -> {},
          new AdaptiveSolve.Observer() {
            @Override
            public void landed(int sample, int point, Buffer solution, int slot) {
              double[] y = new double[field.dimension()];
              solution.getRow(slot, y, 0);
              landed.add(y[0]);
            }

            @Override
            public void event(int sample, int event, double time, Buffer solution, int slot) {
              events.add(time);
            }
          });
      end = new double[start.length];
      solve.solve().solution().get(end);
    }
  }

  private static Stepping steps(boolean fixed) {
    return fixed ? new TimeGrid(0, 1, 8) : new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-6, 1e-8));
  }

  private static Run run(
      Stepping stepping, Interruptions of, double[] span, double start, JumpTimes... jumps) {
    return new Run(
        REFERENCE, "bosh3", LINE, stepping, of, new double[][] {span}, List.of(jumps), start);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJumpAtTheStartIsTakenAndOneAtTheEndIsLeft(boolean fixed) {
    Interruptions doubling = Interruptions.none().with(TWICE);
    double[] span = {0, 1};
    assertThat(run(steps(fixed), doubling, span, 3, JumpTimes.same(1, 0)).end[0])
        .isCloseTo(7, within(1e-14));
    assertThat(run(steps(fixed), doubling, span, 3, JumpTimes.same(1, 1)).end[0])
        .isCloseTo(4, within(1e-14));
    assertThat(run(steps(fixed), doubling, span, 3, JumpTimes.same(1, 5)).end[0])
        .isCloseTo(4, within(1e-14));
    double[] back = {1, 0};
    assertThat(run(steps(fixed), doubling, back, 3, JumpTimes.same(1, 1, 0.5, 0)).end[0])
        .isCloseTo(10.5, within(1e-14)); // ((3·2) − ½)·2 − ½
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void coincidingJumpsAreTakenInTheOrderGiven(boolean fixed) {
    Interruptions both = Interruptions.none().with(TWICE).with(PLUS_ONE);
    double[] span = {0, 1};
    JumpTimes half = JumpTimes.same(1, 0.5);
    assertThat(run(steps(fixed), both, span, 0, half, half).end[0]).isCloseTo(2.5, within(1e-14));
    Interruptions turned = Interruptions.none().with(PLUS_ONE).with(TWICE);
    assertThat(run(steps(fixed), turned, span, 0, half, half).end[0]).isCloseTo(3.5, within(1e-14));
    Interruptions one = Interruptions.none().with(TWICE);
    assertThat(run(steps(fixed), one, span, 0, JumpTimes.same(1, 0.5, 0.5, 0.5)).end[0])
        .isCloseTo(4.5, within(1e-14));
    double next = Math.nextUp(0.5);
    assertThat(run(steps(fixed), one, span, 0, JumpTimes.same(1, next, 0.5)).end[0])
        .isCloseTo(2.5, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSolveWithoutLengthTakesNoJump(boolean fixed) {
    Interruptions doubling = Interruptions.none().with(TWICE);
    double[] none = {0.5, 0.5};
    Run run = run(steps(fixed), doubling, none, 3, JumpTimes.same(1, 0.5));
    assertThat(run.end[0]).isEqualTo(3);
    assertThat(run.solve.breaks().of(0)).isEmpty();
  }

  @Test
  void theSolutionAtAPointIsTheOneBeforeItsJump() {
    Interruptions doubling = Interruptions.none().with(TWICE);
    Run run = run(steps(false), doubling, new double[] {0, 0.5, 1}, 0, JumpTimes.same(1, 0.5));
    assertThat(run.landed.get(0)).isCloseTo(0.5, within(1e-14));
    assertThat(run.landed.get(1)).isCloseTo(1.5, within(1e-14));
  }

  @Test
  void anEventsJumpComesBeforeOneDueAtItsTime() {
    Event atHalf =
        Event.of(1, Direction.RISING, false, (t, y) -> y.sum().minus(0.5))
            .jumping(Jump.of(1, (t, y) -> y.plus(10)));
    Interruptions both = Interruptions.none().with(atHalf).with(TWICE);
    Run run = run(steps(false), both, new double[] {0, 1}, 0, JumpTimes.same(1, 0.5));
    assertThat(run.end[0]).isCloseTo(21.5, within(1e-13));
    assertThat(run.events).hasSize(1);
  }

  @Test
  void aJumpOverAConditionIsNoCrossing() {
    Event atFive = Event.of(1, Direction.BOTH, true, (t, y) -> y.sum().minus(5));
    Interruptions both = Interruptions.none().with(atFive).with(Jump.of(1, (t, y) -> y.plus(10)));
    Run over = run(steps(false), both, new double[] {0, 1}, 0, JumpTimes.same(1, 0.5));
    assertThat(over.solve.solve().stepping(0)).isEqualTo(Outcome.COMPLETED);
    assertThat(over.end[0]).isCloseTo(11, within(1e-13));
    Run before = run(steps(false), both, new double[] {0, 10}, 0, JumpTimes.same(1, 9));
    assertThat(before.solve.solve().stepping(0)).isEqualTo(Outcome.EVENT);
    assertThat(before.end[0]).isCloseTo(5, within(1e-13));
  }

  @Test
  void aBallThrownFromTheGroundComesBackInOneStep() {
    Field fall = Field.of(2, (t, y) -> Value.concatenate(List.of(y.slice(1, 1), gravity(y))));
    Event ground = Event.of(2, Direction.FALLING, true, (t, y) -> y.slice(0, 1).sum());
    Stepping large = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-6, 1e-8).withFirstStep(10));
    for (double speed : new double[] {5, -5}) {
      Run run =
          new Run(
              REFERENCE,
              "dopri5",
              fall,
              large,
              Interruptions.none().with(ground),
              new double[][] {{0, 10}},
              List.of(),
              0,
              speed);
      boolean thrown = speed > 0;
      assertThat(run.solve.solve().stepping(0))
          .isEqualTo(thrown ? Outcome.EVENT : Outcome.COMPLETED);
      if (thrown) {
        assertThat(run.events.get(0)).isCloseTo(1, within(1e-14));
      }
    }
  }

  private static Value gravity(Value y) {
    return y.slice(1, 1).times(0).minus(10);
  }

  @Test
  void aJumpToNoNumberEndsThatSampleAlone() {
    Event half = Event.of(1, Direction.RISING, false, (t, y) -> y.sum().minus(0.5));
    Jump nan = Jump.of(1, (t, y) -> y.minus(0.5).negated().minus(1e-3).sqrt());
    for (Backend backend : List.of(REFERENCE, new SimdBackend())) {
      Run run =
          new Run(
              backend,
              "dopri5",
              LINE,
              steps(false),
              Interruptions.none().with(half.jumping(nan)),
              new double[][] {{0, 1}, {0, 1}},
              List.of(),
              0,
              -2);
      assertThat(run.solve.solve().stepping(0)).isEqualTo(Outcome.NOT_FINITE);
      assertThat(run.solve.solve().stepping(1)).isEqualTo(Outcome.COMPLETED);
      assertThat(run.end[1]).isCloseTo(-1, within(1e-6));
    }
  }

  @Test
  void jumpsWithoutEndEndAtTheirLimit() {
    // It is set back each time by less than it goes: again and again, ever at the same level.
    Event level = Event.of(1, Direction.RISING, false, (t, y) -> y.sum().minus(0.5));
    Interruptions back =
        Interruptions.none().with(level.jumping(Jump.of(1, (t, y) -> y.minus(1e-3)))).withLimit(40);
    Run run = run(steps(false), back, new double[] {0, 10}, 0);
    assertThat(run.solve.solve().stepping(0)).isEqualTo(Outcome.JUMP_LIMIT);
    assertThat(run.solve.reports().get(0).time()).isCloseTo(0.54, within(1e-6));
    Run few = run(steps(false), back.withLimit(41), new double[] {0, 0.54 + 5e-4}, 0);
    assertThat(few.solve.solve().stepping(0)).isEqualTo(Outcome.COMPLETED);
    assertThat(few.events).hasSize(41);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bosh3", "dopri5", "tsit5", "rodas4", "alf", "coupled-bosh3"})
  void aSampleHasTheBitsThatItHasAlone(String method) {
    Field swing =
        Field.of(2, (t, y) -> Value.concatenate(List.of(y.slice(1, 1), y.slice(0, 1).negated())));
    Value u = Value.input("u", Type.perSampleScalar());
    Jump push = Jump.of(2, List.of(u), (t, y) -> y.plus(u.broadcast(2)));
    Event wall =
        Event.of(2, Direction.RISING, false, (t, y) -> y.slice(0, 1).sum().minus(0.9))
            .jumping(
                Jump.of(
                    2,
                    (t, y) ->
                        Value.concatenate(List.of(y.slice(0, 1), y.slice(1, 1).times(-0.8)))));
    Interruptions all = Interruptions.none().with(wall).with(push);
    int rows = 13;
    double[][] spans = new double[rows][];
    double[][] times = new double[rows][];
    double[][][] sizes = new double[rows][][];
    double[] start = new double[2 * rows];
    for (int row = 0; row < rows; row++) {
      spans[row] = new double[] {0, 3 + 2 * (row % 4)};
      times[row] = row % 3 == 0 ? new double[0] : new double[] {0.3 * row % 2, 1};
      sizes[row] = row % 3 == 0 ? new double[0][] : new double[][] {{0.1}, {-0.2}};
      start[2 * row] = Math.sin(row);
      start[2 * row + 1] = 0.5 + 0.1 * row;
    }
    Stepping stepping = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-4, 1e-5));
    for (Backend backend :
        List.of(REFERENCE, new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      Run together =
          new Run(
              backend,
              method,
              swing,
              stepping,
              all,
              spans,
              List.of(JumpTimes.own(times, sizes)),
              start);
      assertThat(together.events).hasSizeGreaterThan(rows);
      for (int row = 0; row < rows; row++) {
        Run alone =
            new Run(
                backend,
                method,
                swing,
                stepping,
                all,
                new double[][] {spans[row]},
                List.of(JumpTimes.own(new double[][] {times[row]}, new double[][][] {sizes[row]})),
                Arrays.copyOfRange(start, 2 * row, 2 * row + 2));
        assertThat(Arrays.copyOfRange(together.end, 2 * row, 2 * row + 2))
            .containsExactly(alone.end);
        assertThat(together.solve.reports().get(row)).isEqualTo(alone.solve.reports().get(0));
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeTheFirstStep() {
    Interruptions doubling = Interruptions.none().with(TWICE);
    double[] span = {0.5, 1};
    assertThatThrownBy(() -> run(steps(true), doubling, span, 1, JumpTimes.same(1, 0.2)))
        .hasMessageContaining("jumps at 0.2, before its start at 0.5");
    assertThatThrownBy(() -> run(steps(false), doubling, span, 1))
        .hasMessageContaining("times of 0 jumps were given, the solve has 1");
    assertThatThrownBy(() -> run(steps(false), doubling, span, 1, JumpTimes.same(2, 0.7)))
        .hasMessageContaining("they are of 2 samples, the solve is of 1");
    assertThatThrownBy(
            () ->
                run(
                    steps(false),
                    doubling,
                    span,
                    1,
                    JumpTimes.own(new double[][] {{0.7}}, new double[][][] {{{3}}})))
        .hasMessageContaining("has 1 numbers of input, the jump's own inputs are 0");
    Event event = Event.of(1, Direction.BOTH, true, (t, y) -> y.sum());
    Value u = Value.input("u", Type.perSampleScalar());
    Jump byU = Jump.of(1, List.of(u), (t, y) -> y.plus(u.broadcast(1)));
    assertThatThrownBy(
            () -> run(steps(false), Interruptions.none().with(event.jumping(byU)), span, 1))
        .hasMessageContaining("its jump reads [u], which are no context of the field");
    Event foreign = Event.of(1, List.of(u), Direction.BOTH, true, (t, y) -> y.sum().minus(u));
    assertThatThrownBy(() -> run(steps(false), Interruptions.none().with(foreign), span, 1))
        .hasMessageContaining("its input 'u' is no context of the field");
    assertThatThrownBy(() -> new Event(event.condition(), Direction.BOTH, true, TWICE))
        .hasMessageContaining("it ends the solve and jumps");
    assertThatThrownBy(() -> Jump.of(2, (t, y) -> y.sum()))
        .hasMessageContaining("A jump leaves the state's shape as it is");
    assertThatThrownBy(() -> JumpTimes.same(1, Double.NaN)).hasMessageContaining("must be finite");
    assertThatThrownBy(() -> Interruptions.none().withLimit(0)).hasMessageContaining("at least 1");
  }
}
