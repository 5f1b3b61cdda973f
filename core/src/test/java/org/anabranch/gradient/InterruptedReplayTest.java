package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.gradient.InterruptedReplay.Dual;
import org.anabranch.gradient.InterruptedReplay.Knot;
import org.anabranch.gradient.InterruptedReplay.Numbers;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Breaks;
import org.anabranch.solver.Event;
import org.anabranch.solver.Event.Direction;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.Jump;
import org.anabranch.solver.JumpTimes;
import org.anabranch.solver.Method;
import org.anabranch.solver.Spans;
import org.anabranch.solver.StepTimes;
import org.anabranch.solver.Tableau;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every derivative of a solve with doses, events along the way and one at the end, beside dual
 * numbers that replay the accepted grid of each sample. Steps are large, so that exact for the
 * discrete solve and exact for the equation are two things.
 */
class InterruptedReplayTest {
  private static final double[] THETA = {2.1, 0.15, 0.4};
  private static final double[] C = {0.3, -0.5, 0.8, 0.4};
  private static final double[] START = {0.1, 1.2, -0.4, 1.5, 0.9, -0.7, 0.2, -0.9};
  private static final double[][] POINTS = {{0.1, 1.4, 6}, {0, 9}, {0.2, 0.5, 2}, {2, -5}};
  private static final double[][] DOSE_TIMES = {{0.9, 2.5}, {1, 2, 3}, {}, {1.5, -0.5}};
  private static final double[][][] DOSES = {
    {{0.7}, {-0.4}}, {{0.2}, {0.5}, {-0.9}}, {}, {{0.3}, {-0.2}}
  };
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("theta", Shape.vector(3))));
  private static final AdaptiveSpan STEPS = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-3, 1e-4));

  private static final Value CONTEXT = Value.input("c", Type.perSampleScalar());
  private static final Value DOSE = Value.input("u", Type.perSampleScalar());

  private static Value theta(int i) {
    return Value.parameter("theta", Shape.vector(3)).slice(i, 1).sum();
  }

  private static Field field() {
    return Field.of(
        2,
        List.of(CONTEXT),
        (t, y) -> {
          Value q = y.slice(0, 1).sum();
          Value p = y.slice(1, 1).sum();
          Value force = theta(0).times(q.sin()).negated();
          Value push = CONTEXT.times(t.cos());
          Value slope = force.minus(theta(1).times(p)).plus(push);
          return Value.concatenate(List.of(p.broadcast(1), slope.broadcast(1)));
        });
  }

  private static Event crossing(Direction direction, boolean terminal, double level) {
    return Event.of(
        2,
        List.of(CONTEXT),
        direction,
        terminal,
        (t, y) ->
            y.slice(0, 1).sum().minus(theta(2)).minus(CONTEXT.times(t).times(0.1)).minus(level));
  }

  private static final Jump PUSH =
      Jump.of(
          2,
          List.of(DOSE),
          (t, y) ->
              Value.concatenate(List.of(y.slice(0, 1), y.slice(1, 1).plus(DOSE.broadcast(1)))));

  /** A solve, and the way back from Σ w (q + 3p) at points and events and from events' times. */
  private static final class Solved {
    final SolveGradient solve;
    final StepTimes times;
    final double[] byTheta = new double[3];
    final double[] byStart = new double[8];
    final double[] byContext = new double[4];

    Solved(Backend backend, Method method, GradientMode mode) {
      Parameters parameters = backend.parameters(LAYOUT);
      parameters.load(THETA);
      Accumulators accumulators = backend.accumulators(LAYOUT);
      Buffer context = backend.buffer(Type.perSampleScalar(), 4);
      context.set(C);
      Interruptions interruptions =
          Interruptions.none()
              .with(crossing(Direction.RISING, false, 0))
              .with(crossing(Direction.FALLING, true, 0))
              .with(PUSH);
      solve =
          new SolveGradient(
              backend,
              method,
              field(),
              Map.of("c", context),
              parameters,
              accumulators,
              STEPS,
              interruptions,
              mode,
              Demands.none().withContext().withPoints(1),
              4);
      solve.solve().initialValue().set(START);
      solve.forward(Spans.own(POINTS), List.of(JumpTimes.own(DOSE_TIMES, DOSES)));
      times = ((AdaptiveSolve) solve.solve()).times();
      for (int row = 0; row < 4; row++) {
        giveCotangents(row);
      }
      solve.backward();
      accumulators.total(byTheta);
      solve.initialCotangent().get(byStart);
      solve.contextCotangent("c").get(byContext);
    }

    private void giveCotangents(int row) {
      double weight = 1;
      for (Knot knot : knots(row)) {
        if (knot.event()) {
          int place = place(row, knot.step(), true);
          solve.breakCotangents().arrive(row, place, weight, new double[] {weight, 3 * weight});
        } else if (knot.point() >= 0) {
          boolean end = knot.point() == POINTS[row].length - 1;
          Buffer cotangent = end ? solve.solutionCotangent() : solve.pointCotangent(0);
          double[] flat = new double[8];
          cotangent.get(flat);
          flat[2 * row] = weight;
          flat[2 * row + 1] = 3 * weight;
          cotangent.set(flat);
        }
        weight += knot.event() || knot.point() >= 0 ? 1 : 0;
      }
    }

    int place(int row, int step, boolean event) {
      List<Breaks.Break> own = solve.breaks().of(row);
      for (int i = 0; i < own.size(); i++) {
        if (own.get(i).step() == step && own.get(i).isEvent() == event) {
          return i;
        }
      }
      throw new AssertionError("no interruption after step " + step);
    }

    double[] grid(int row) {
      double[] grid = new double[times.steps(row) + 1];
      Arrays.setAll(grid, step -> times.time(row, step));
      return grid;
    }

    List<Knot> knots(int row) {
      List<Knot> knots = new ArrayList<>();
      for (int step = 1; step <= times.steps(row); step++) {
        double time = times.time(row, step);
        int at = step;
        boolean event =
            solve.breaks().of(row).stream().anyMatch(one -> one.step() == at && one.isEvent());
        int point = index(POINTS[row], time);
        int dose = index(DOSE_TIMES[row], time);
        if (event || point >= 0 || dose >= 0) {
          knots.add(new Knot(step, point, dose, event));
        }
      }
      return knots;
    }

    private static int index(double[] times, double time) {
      for (int i = 0; i < times.length; i++) {
        if (times[i] == time) {
          return i;
        }
      }
      return -1;
    }
  }

  /** The derivative of one sample's loss by the number of a place, all in a row. */
  private static double replayed(Solved solved, Tableau tableau, int row, int seed) {
    int[] next = {0};
    double[] doses = Arrays.stream(DOSES[row]).mapToDouble(dose -> dose[0]).toArray();
    Numbers numbers =
        new Numbers(
            seeded(THETA, seed, next),
            seeded(new double[] {C[row]}, seed, next)[0],
            seeded(Arrays.copyOfRange(START, 2 * row, 2 * row + 2), seed, next),
            seeded(POINTS[row], seed, next),
            seeded(DOSE_TIMES[row], seed, next),
            seeded(doses, seed, next));
    return new InterruptedReplay(tableau, numbers).loss(solved.grid(row), solved.knots(row));
  }

  private static Dual[] seeded(double[] numbers, int seed, int[] next) {
    Dual[] duals = new Dual[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      duals[i] = new Dual(numbers[i], next[0]++ == seed ? 1 : 0);
    }
    return duals;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bosh3", "dopri5", "tsit5", "dopri8"})
  void everyDerivativeIsThatOfDualNumbersOnTheAcceptedGrid(String name) {
    for (Backend backend :
        List.of(new ReferenceBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      Solved solved = new Solved(backend, Method.named(name), GradientMode.checkpointed());
      Tableau tableau = Tableau.named(name);
      double[] byTheta = new double[3];
      int events = 0;
      for (int row = 0; row < 4; row++) {
        int seed = 0;
        for (int i = 0; i < 3; i++) {
          byTheta[i] += replayed(solved, tableau, row, seed++);
        }
        same(solved.byContext[row], replayed(solved, tableau, row, seed++));
        same(solved.byStart[2 * row], replayed(solved, tableau, row, seed++));
        same(solved.byStart[2 * row + 1], replayed(solved, tableau, row, seed++));
        for (int point = 0; point < POINTS[row].length; point++) {
          same(solved.solve.timeCotangent(row, point), replayed(solved, tableau, row, seed++));
        }
        List<Breaks.Break> own = solved.solve.breaks().of(row);
        for (int dose = 0; dose < DOSE_TIMES[row].length; dose++) {
          double byTime = replayed(solved, tableau, row, seed + dose);
          double bySize = replayed(solved, tableau, row, seed + DOSE_TIMES[row].length + dose);
          boolean taken = false;
          for (int i = 0; i < own.size(); i++) {
            if (!own.get(i).isEvent() && own.get(i).place() == dose) {
              same(solved.solve.breakCotangents().ofJumpTime(row, i), byTime);
              same(solved.solve.breakCotangents().ofJumpInputs(row, i)[0], bySize);
              taken = true;
            }
          }
          assertThat(taken || byTime == 0).isTrue();
        }
        events += (int) own.stream().filter(Breaks.Break::isEvent).count();
      }
      for (int i = 0; i < 3; i++) {
        same(solved.byTheta[i], byTheta[i]);
      }
      assertThat(events).isGreaterThan(3);
    }
  }

  private static void same(double actual, double expected) {
    assertThat(Math.abs(actual - expected)).isLessThan(1e-13 * (1 + Math.abs(expected)));
  }
}
