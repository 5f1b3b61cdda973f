package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Spans;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Solves over one grid of all samples, with a loss of the solution at every step. */
class OneGridTest {
  private static final int ROWS = 6;
  private static final int STEPS = 20;
  private static final double SIZE = 0.05;
  private static final Shape SQUARE = Shape.matrix(2, 2);
  private static final ParameterLayout LAYOUT = ParameterLayout.of(Map.of("w", SQUARE));
  private static final double[] THETA = {0.3, -1.1, 0.8, 0.2};
  private static final double[] START = Problem.numbers(2 * ROWS, 4, 1);
  private static final StochasticField FIELD =
      StochasticField.of(
          2,
          Noise.GENERAL,
          Calculus.STRATONOVICH,
          (t, y) -> Value.parameter("w", SQUARE).appliedTo(y).plus(t).tanh(),
          (t, y) -> {
            Value w = Value.parameter("w", SQUARE);
            Value columns = Value.concatenate(List.of(w.appliedTo(y).sin(), y.times(0.4)));
            return columns.reshaped(SQUARE).transposed();
          });

  /** Values at every step, and the gradient of Σ (1 + k) z(t_k)². */
  private record Seen(List<double[]> values, double[] byStart, double[] byParameters) {}

  private static Seen solve(
      Backend backend, DrivenMethod driven, GradientMode mode, boolean oneGrid) {
    TimeGrid grid = new TimeGrid(0, STEPS * SIZE, STEPS);
    BrownianGrid motion = BrownianGrid.equal(3, 0, STEPS * SIZE, STEPS, 2);
    Demands demands = Demands.none();
    DrivenProblem.Prepared prepared =
        new DrivenProblem(driven, LAYOUT, THETA, motion, grid)
            .on(
                backend,
                mode,
                oneGrid ? demands.withEveryStep(STEPS) : demands.withPoints(STEPS - 1),
                LongStream.range(0, ROWS).toArray());
    SolveGradient solve = prepared.solve();
    solve.solve().initialValue().set(START);
    if (oneGrid) {
      solve.forward();
    } else {
      double[] times = new double[STEPS + 1];
      for (int step = 0; step <= STEPS; step++) {
        times[step] = grid.time(step);
      }
      solve.forward(Spans.same(ROWS, times));
    }
    List<double[]> values = new ArrayList<>();
    for (int k = 0; k < STEPS; k++) {
      boolean last = k == STEPS - 1;
      double[] z = new double[START.length];
      (last ? solve.solve().solution() : solve.pointValue(k)).get(z);
      values.add(z);
      double[] cotangent = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        cotangent[i] = 2 * (1 + k) * z[i];
      }
      (last ? solve.solutionCotangent() : solve.pointCotangent(k)).set(cotangent);
    }
    Problem.Result result =
        Problem.Result.back(solve, prepared.accumulators(), values.get(STEPS - 1));
    for (int row = 0; row < ROWS; row++) {
      assertThat(!solve.isBitExact() || solve.isRestored(row)).isTrue();
    }
    return new Seen(values, result.byStart(), result.byParameters());
  }

  private static void same(Seen one, Seen other, double tolerance) {
    for (int k = 0; k < STEPS; k++) {
      assertThat(one.values().get(k)).containsExactly(other.values().get(k));
    }
    double largest = 0;
    for (double number : other.byParameters()) {
      largest = Math.max(largest, Math.abs(number));
    }
    for (int i = 0; i < LAYOUT.size(); i++) {
      double difference = Math.abs(one.byParameters()[i] - other.byParameters()[i]);
      assertThat(difference).isLessThanOrEqualTo(tolerance * largest);
    }
    for (int i = 0; i < START.length; i++) {
      double scale = tolerance * (largest + Math.abs(other.byStart()[i]));
      assertThat(Math.abs(one.byStart()[i] - other.byStart()[i])).isLessThanOrEqualTo(scale);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heun", "euler-heun", "midpoint", "reversible-heun"})
  void pointsOfOneGridAreThoseOfSpans(String name) {
    DrivenMethod driven = StochasticMethod.named(name).on(FIELD);
    for (Backend backend :
        List.of(new ReferenceBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      Seen spans = solve(backend, driven, GradientMode.automatic(), false);
      Seen grid = solve(backend, driven, GradientMode.automatic(), true);
      same(grid, spans, 1e-13);
    }
  }

  /** Reversible Heun by points: the values of the steps to the bit, their gradient, undone. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pointsInPlaceOfStepsGiveTheSameNumbers(boolean float32) {
    DrivenMethod driven = StochasticMethod.named("reversible-heun").on(FIELD);
    List<Backend> backends =
        float32
            ? List.of(new SimdBackend())
            : List.of(new ReferenceBackend(), new SimdBackend(WorkingPrecision.FLOAT64));
    for (Backend backend : backends) {
      Seen steps = solve(backend, driven, GradientMode.direct(), true);
      DrivenMethod points = driven.overOneGrid();
      assertThat(points).isNotEqualTo(driven);
      Seen direct = solve(backend, points, GradientMode.direct(), true);
      same(direct, steps, float32 ? 1e-5 : 1e-12);
      Seen undone = solve(backend, points, GradientMode.reversible(), true);
      same(undone, direct, 0);
      same(solve(backend, points, GradientMode.checkpointed(), true), direct, 0);
      same(solve(backend, points, GradientMode.binomial(3), true), direct, 0);
    }
  }
}
