package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.PiecewiseContext;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Context that changes along a solve, and its cotangents: L = Σ y(T)². */
class HeldContextTest {
  private static final int ROWS = 3;
  private static final double[] TIMES = {0, 0.4, 0.7};
  private static final double[] START = {0.5, -0.3, 1, 0.2, -0.8, 0.4};
  private static final double[] CONTEXT = Problem.numbers(TIMES.length * ROWS * 2, 4, 1);
  private static final ParameterLayout LAYOUT = ParameterLayout.of(Map.of("a", Shape.matrix(2, 2)));
  private static final double[] THETA = {0.4, -0.7, 0.3, 0.9};

  private static StochasticField field(Calculus calculus) {
    Value a = Value.parameter("a", Shape.matrix(2, 2));
    Value c = Value.input("c", Type.perSample(2));
    return StochasticField.of(
        2,
        List.of(c),
        Noise.DIAGONAL,
        calculus,
        (t, y) -> new Coefficients(a.appliedTo(y.plus(c)).tanh(), y.times(0.3).plus(0.1)));
  }

  private record Result(double[] end, double[][] byContext, double[] byStart, double[] theta) {
    double loss() {
      double loss = 0;
      for (double y : end) {
        loss += y * y;
      }
      return loss;
    }
  }

  private static Result solve(
      Backend backend,
      String name,
      boolean points,
      GradientMode mode,
      Stepping stepping,
      double[] values) {
    StochasticMethod method = StochasticMethod.named(name);
    DrivenMethod stepped =
        method.on(field(name.startsWith("euler-m") ? Calculus.ITO : Calculus.STRATONOVICH));
    DrivenMethod driven = points ? stepped.overOneGrid() : stepped;
    Parameters parameters = backend.parameters(LAYOUT);
    parameters.load(THETA);
    Accumulators accumulators = backend.accumulators(LAYOUT);
    PiecewiseContext context = new PiecewiseContext(backend, "c", Type.perSample(2), TIMES, ROWS);
    for (int time = 0; time < TIMES.length; time++) {
      for (int row = 0; row < ROWS; row++) {
        context.value(time).setRow(row, values, (time * ROWS + row) * 2);
      }
    }
    BrownianDrive drive =
        new BrownianDrive(new BrownianInterval(3, 0, 1, 2), driven.need(), ROWS).holding(context);
    SolveGradient solve =
        SolveGradient.driven(
            backend, driven, parameters, accumulators, stepping, mode, Demands.none(), drive, ROWS);
    solve.solve().initialValue().set(START);
    double[] end = new double[START.length];
    double[] cotangent = new double[START.length];
    for (int time = 0; time < 2; time++) { // the second time as the first
      solve.forward();
      solve.solve().solution().get(end);
      Arrays.setAll(cotangent, i -> 2 * end[i]);
      solve.solutionCotangent().set(cotangent);
      accumulators.clear();
      solve.backward();
    }
    double[][] byContext = new double[TIMES.length][START.length];
    for (int time = 0; time < TIMES.length; time++) {
      context.cotangent(time).get(byContext[time]);
    }
    double[] byStart = new double[START.length];
    solve.initialCotangent().get(byStart);
    double[] theta = new double[LAYOUT.size()];
    accumulators.total(theta);
    return new Result(end, byContext, byStart, theta);
  }

  /** Over a fixed grid whose steps land on the times, and one whose steps do not. */
  @ParameterizedTest
  @CsvSource({
    "euler-maruyama, false, direct, 10",
    "euler-maruyama, false, checkpointed, 7",
    "heun, false, checkpointed, 10",
    "reversible-heun-plain, false, direct, 7",
    "coupled-heun, false, reversible, 10"
  })
  void cotangentsAreTheSlopesOfTheNumbersComputed(
      String name, boolean points, String mode, int steps) {
    Backend backend = new ReferenceBackend();
    requireSlopes(backend, name, points, mode(mode), new TimeGrid(0, 1, steps), 1e-8);
  }

  private static GradientMode mode(String name) {
    return switch (name) {
      case "direct" -> GradientMode.direct();
      case "checkpointed" -> GradientMode.checkpointed();
      default -> GradientMode.reversible();
    };
  }

  private static void requireSlopes(
      Backend backend,
      String name,
      boolean points,
      GradientMode mode,
      Stepping stepping,
      double error) {
    Result result = solve(backend, name, points, mode, stepping, CONTEXT);
    for (int i = 0; i < CONTEXT.length; i++) {
      double slope = 0;
      for (int sign = -1; sign <= 1; sign += 2) {
        double[] moved = CONTEXT.clone();
        moved[i] += sign * 1e-5;
        slope += sign * solve(backend, name, points, mode, stepping, moved).loss() / 2e-5;
      }
      assertThat(result.byContext()[i / START.length][i % START.length])
          .isCloseTo(slope, within(error));
    }
  }

  @Test
  void adaptiveStepsHaveTheSlopesOfTheirGrid() {
    // Each sample takes steps of its own clock, which a moved context does not change.
    AdaptiveSteps wide = AdaptiveSteps.equal(0.07);
    Stepping stepping = new AdaptiveSpan(0, 1, wide);
    Backend backend = new ReferenceBackend();
    Result steps = solve(backend, "heun", false, mode("checkpointed"), stepping, CONTEXT);
    Stepping chosen = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-3, 1e-3));
    Result own = solve(backend, "heun", false, mode("checkpointed"), chosen, CONTEXT);
    for (int i = 0; i < START.length; i++) {
      assertThat(own.end()[i]).isCloseTo(steps.end()[i], within(0.1));
      assertThat(own.byContext()[1][i]).isCloseTo(steps.byContext()[1][i], within(0.1));
    }
    requireSlopes(backend, "heun", false, GradientMode.checkpointed(), stepping, 1e-8);
    requireSlopes(backend, "coupled-midpoint", false, mode("reversible"), stepping, 1e-8);
  }

  /** Undone by points of one grid: the bits of what is kept, and nearly those of plain steps. */
  @Test
  void pointsOfOneGridAgreeInEveryMode() {
    for (Backend backend : List.of(new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      TimeGrid grid = new TimeGrid(0, 1, 10);
      Result undone =
          solve(backend, "reversible-heun", true, GradientMode.reversible(), grid, CONTEXT);
      Result kept = solve(backend, "reversible-heun", true, GradientMode.direct(), grid, CONTEXT);
      assertThat(undone.end()).containsExactly(kept.end());
      assertThat(undone.theta()).containsExactly(kept.theta());
      assertThat(undone.byContext()).isDeepEqualTo(kept.byContext());
    }
    Backend reference = new ReferenceBackend();
    Result points =
        solve(
            reference,
            "reversible-heun",
            true,
            GradientMode.reversible(),
            new TimeGrid(0, 1, 10),
            CONTEXT);
    for (int i = 0; i < CONTEXT.length; i++) {
      double[] moved = CONTEXT.clone();
      moved[i] += 1e-3; // states lie on a grid: over a wide difference
      double there =
          solve(reference, "reversible-heun", true, mode("direct"), new TimeGrid(0, 1, 10), moved)
              .loss();
      moved[i] -= 2e-3;
      double back =
          solve(reference, "reversible-heun", true, mode("direct"), new TimeGrid(0, 1, 10), moved)
              .loss();
      assertThat(points.byContext()[i / START.length][i % START.length])
          .isCloseTo((there - back) / 2e-3, within(1e-5));
    }
  }

  @Test
  void theContinuousAdjointNearsThem() {
    Backend backend = new ReferenceBackend();
    double[] errors = new double[2];
    for (int i = 0; i < 2; i++) {
      TimeGrid grid = new TimeGrid(0, 1, i == 0 ? 20 : 160);
      Result kept = solve(backend, "heun", false, GradientMode.direct(), grid, CONTEXT);
      Result back = solve(backend, "heun", false, GradientMode.backsolve(), grid, CONTEXT);
      for (int j = 0; j < CONTEXT.length; j++) {
        int time = j / START.length;
        int place = j % START.length;
        double error = back.byContext()[time][place] - kept.byContext()[time][place];
        errors[i] = Math.max(errors[i], Math.abs(error));
      }
    }
    assertThat(errors[0]).isBetween(1e-5, 1e-2);
    assertThat(errors[0] / errors[1]).isBetween(4.0, 32.0); // 8 with many samples
  }

  @Test
  void aMethodThatKeepsTheFieldIsNotUndone() {
    Backend backend = new ReferenceBackend();
    Stepping grid = new TimeGrid(0, 1, 4);
    assertThatThrownBy(
            () -> solve(backend, "reversible-heun-plain", false, mode("reversible"), grid, CONTEXT))
        .hasMessageContaining("Use reversible-heun, or 'checkpointed'");
  }

  /** The value before the first time is the first's, and that at a time is that time's. */
  @Test
  void theTimesAreThoseOfTheSteps() {
    Backend backend = new ReferenceBackend();
    Stepping grid = new TimeGrid(0, 1, 10);
    Result all = solve(backend, "euler-maruyama", false, mode("direct"), grid, CONTEXT);
    double[] last = CONTEXT.clone();
    for (int i = 2 * START.length; i < last.length; i++) {
      last[i] = 9;
    }
    Result changed = solve(backend, "euler-maruyama", false, mode("direct"), grid, last);
    assertThat(changed.end()).doesNotContain(all.end());
    assertThatThrownBy(
            () -> new PiecewiseContext(backend, "c", Type.perSample(2), new double[] {0, 0}, ROWS))
        .hasMessageContaining("Context 'c': time 1 is 0.0");
  }
}
