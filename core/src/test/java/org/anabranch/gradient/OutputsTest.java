package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Event;
import org.anabranch.solver.Event.Direction;
import org.anabranch.solver.Jump;
import org.anabranch.solver.JumpTimes;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The interpolant's cotangents beside differences of the solve itself, on steps that are large and
 * stay where they are: of a fixed size, or as large as they may be, whatever their error.
 */
class OutputsTest {
  private static final double[] THETA = {1.9, 0.2};
  private static final double[] C = {0.4, -0.6, 0.5};
  private static final double[] START = {0.2, 1.1, -0.5, 0.9, 0.8, 0.3};
  private static final double[] TIMES = {0.1, 1.2, 6};
  private static final double[][] OUTPUTS = {
    {0.1, 2.03, 0.7, 0.75, 1.2}, {1.9}, {6, 2.3, 2.5, 1.3}
  };
  private static final JumpTimes DOSES =
      JumpTimes.own(new double[][] {{1.2}, {}, {0.1}}, new double[][][] {{{0.3}}, {}, {{-0.2}}});
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("theta", Shape.vector(2))));
  private static final Value CONTEXT = Value.input("c", Type.perSampleScalar());
  private static final Value DOSE = Value.input("u", Type.perSampleScalar());

  /** Steps of 0.5 until an event or a point cuts one, with errors that all pass. */
  private static final Stepping ADAPTIVE =
      new AdaptiveSpan(0, 1, AdaptiveSteps.of(0, 1e3).withFirstStep(0.5).withSizes(0, 0.5));

  private static final Stepping FIXED = new TimeGrid(0, 1, 2);

  private static Value theta(int i) {
    return Value.parameter("theta", Shape.vector(2)).slice(i, 1).sum();
  }

  private static Field field() {
    return Field.of(
        2,
        List.of(CONTEXT),
        (t, y) -> {
          Value q = y.slice(0, 1).sum();
          Value p = y.slice(1, 1).sum();
          Value slope = theta(0).times(q.sin()).negated().minus(theta(1).times(p));
          Value pushed = slope.plus(CONTEXT.times(t.cos()));
          return Value.concatenate(List.of(p.broadcast(1), pushed.broadcast(1)));
        });
  }

  private static DifferentiableEquation equation(Backend backend, boolean adaptive) {
    Jump push = Jump.of(2, List.of(DOSE), (t, y) -> y.plus(DOSE.broadcast(2)));
    Event down =
        Event.of(
            2,
            List.of(CONTEXT),
            Direction.FALLING,
            true,
            (t, y) -> y.slice(0, 1).sum().plus(CONTEXT.times(0.3)).plus(theta(1)));
    DifferentiableEquation equation =
        new DifferentiableEquation(backend, field(), LAYOUT).with(push);
    return adaptive ? equation.with(down) : equation;
  }

  private static DifferentiableSolution solve(
      Backend backend, Method method, boolean adaptive, GradientMode mode, double[] numbers) {
    double[][] start = new double[3][];
    double[][] context = new double[3][];
    double[][] outputs = new double[3][];
    int at = 11;
    for (int row = 0; row < 3; row++) {
      start[row] = Arrays.copyOfRange(numbers, 2 + 2 * row, 4 + 2 * row);
      context[row] = new double[] {numbers[8 + row]};
      outputs[row] = Arrays.copyOfRange(numbers, at, at + OUTPUTS[row].length);
      at += OUTPUTS[row].length;
    }
    return equation(backend, adaptive)
        .solve(
            method,
            adaptive ? ADAPTIVE : FIXED,
            mode,
            Arrays.copyOf(numbers, 2),
            TIMES,
            start,
            SampleInputs.none().with("c", context).with(DOSES).withOutputs(outputs));
  }

  /** Parameters, starts, context and output times, one after the other. */
  private static double[] numbers() {
    double[] head = new double[11];
    System.arraycopy(THETA, 0, head, 0, 2);
    System.arraycopy(START, 0, head, 2, 6);
    System.arraycopy(C, 0, head, 8, 3);
    double[] tail = Arrays.stream(OUTPUTS).flatMapToDouble(Arrays::stream).toArray();
    double[] all = Arrays.copyOf(head, 11 + tail.length);
    System.arraycopy(tail, 0, all, 11, tail.length);
    return all;
  }

  /** Σ (1 + place) (q + 2 p) over outputs come to, and the events' times. */
  private static double loss(DifferentiableSolution solution) {
    double loss = 0;
    for (int row = 0; row < 3; row++) {
      for (int place = 0; place < OUTPUTS[row].length; place++) {
        double value = solution.output(row, place, 0) + 2 * solution.output(row, place, 1);
        loss += Double.isNaN(value) ? 0 : (1 + place) * value;
      }
    }
    return loss + solution.events().stream().mapToDouble(event -> event.time()).sum();
  }

  private static double[] slopes(DifferentiableSolution solution) {
    double[][][] ofOutputs = new double[3][][];
    for (int row = 0; row < 3; row++) {
      ofOutputs[row] = new double[OUTPUTS[row].length][];
      for (int place = 0; place < OUTPUTS[row].length; place++) {
        ofOutputs[row][place] = new double[] {1 + place, 2 * (1 + place)};
      }
    }
    int met = solution.events().size();
    double[] ofTimes = new double[met];
    Arrays.fill(ofTimes, 1);
    var slopes = solution.pullback(new double[3][3][2], ofTimes, new double[met][2], ofOutputs);
    double[] all = numbers();
    System.arraycopy(slopes.byParameters(), 0, all, 0, 2);
    int at = 11;
    for (int row = 0; row < 3; row++) {
      System.arraycopy(slopes.byStart()[row], 0, all, 2 + 2 * row, 2);
      all[8 + row] = slopes.byContext().get("c")[row][0];
      for (double byTime : slopes.byOutputTimes()[row]) {
        all[at++] = byTime;
      }
    }
    return all;
  }

  private static void compare(Backend backend, Method method, boolean adaptive) {
    DifferentiableSolution solution =
        solve(backend, method, adaptive, GradientMode.direct(), numbers());
    double[] slopes = slopes(solution);
    for (int i = 0; i < slopes.length; i++) {
      double time = i < 11 ? Double.NaN : numbers()[i];
      if (time == TIMES[0] || time == TIMES[1] || time == TIMES[2]) {
        continue; // cannot be moved both ways, or over a jump
      }
      double[] up = numbers();
      double[] down = numbers();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      double expected =
          (loss(solve(backend, method, adaptive, GradientMode.direct(), up))
                  - loss(solve(backend, method, adaptive, GradientMode.direct(), down)))
              / 2e-5;
      assertThat(slopes[i]).as("%s, number %d", method.name(), i).isCloseTo(expected, within(3e-7));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bosh3", "dopri5", "tsit5", "dopri8", "rodas4", "coupled-bosh3", "alf", "rk4"})
  void everyCotangentIsTheSlopeOfTheSolveItself(String name) {
    Method method = name.equals("alf") ? Method.alf(1) : Method.named(name);
    for (Backend backend :
        List.of(new ReferenceBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      if (!name.equals("rk4")) {
        compare(backend, method, true);
      }
      compare(backend, method, false);
    }
  }

  @Test
  void someOutputsLieInTheStepToAnEventAndSomeAfterIt() {
    var solution =
        solve(
            new ReferenceBackend(), Method.named("tsit5"), true, GradientMode.direct(), numbers());
    assertThat(solution.outcome(2)).isEqualTo(Outcome.EVENT);
    double end = solution.reports().get(2).time();
    double start = 1.2 + 2 * 0.5; // of the step to the event
    assertThat(end).isBetween(OUTPUTS[2][1], start + 0.5);
    assertThat(OUTPUTS[2][1]).isGreaterThan(start);
    assertThat(solution.output(2, 1, 0)).isFinite();
    assertThat(solution.output(2, 2, 0)).isNaN();
  }

  @Test
  void everyModeGivesTheSameBits() {
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      for (boolean adaptive : new boolean[] {true, false}) {
        double[] direct =
            slopes(solve(backend, Method.alf(), adaptive, GradientMode.direct(), numbers()));
        for (GradientMode mode :
            List.of(
                GradientMode.reversible(),
                new GradientMode.Checkpointed(3),
                GradientMode.binomial(2))) {
          var solution = solve(backend, Method.alf(), adaptive, mode, numbers());
          assertThat(slopes(solution)).containsExactly(direct);
          assertThat(slopes(solution)).containsExactly(direct);
        }
      }
    }
  }

  @Test
  void onFixedStepsValuesAreThoseOfTheInterpolantToo() {
    var fixed =
        new DifferentiableEquation(
                new ReferenceBackend(),
                Field.of(1, (t, y) -> y.negated()),
                new ParameterLayout(List.of()))
            .solve(
                Method.named("dopri5"),
                new TimeGrid(0, 1, 20),
                GradientMode.direct(),
                new double[0],
                new double[] {0, 1},
                new double[][] {{1}, {2}},
                SampleInputs.none().withOutputs(new double[][] {{0, 0.31, 1}, {0.99, 0.01}}));
    for (double[] at : new double[][] {{0, 0, 0}, {0, 1, 0.31}, {0, 2, 1}}) {
      assertThat(fixed.output((int) at[0], (int) at[1], 0))
          .isCloseTo(Math.exp(-at[2]), within(1e-8));
    }
    assertThat(fixed.output(1, 1, 0)).isCloseTo(2 * Math.exp(-0.01), within(1e-8));
    for (double[][][] wrong :
        new double[][][][] {{}, {{{1}, {1}, {1}}, {{1}}}, {{{1}, {1}, {1}}, {{1}, {1, 2}}}}) {
      assertThatThrownBy(
              () -> fixed.pullback(new double[2][2][1], new double[0], new double[0][], wrong))
          .hasMessageContaining("cotangents of outputs are not [2 samples]")
          .hasMessageContaining("those times are [3, 2]");
    }
  }

  @Test
  void outputsOutsideTheSpanAreRefused() {
    double[] late = numbers();
    late[12] = 6.5;
    assertThatThrownBy(
            () -> solve(new ReferenceBackend(), Method.rk4(), false, GradientMode.direct(), late))
        .hasMessageContaining("sample 0 is wanted at 6.5, its solve goes from 0.1 to 6.0");
  }
}
