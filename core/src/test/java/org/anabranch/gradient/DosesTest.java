package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.anabranch.solver.Jump;
import org.anabranch.solver.JumpTimes;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A drug that is cleared at the rate k c, with doses of which a share f arrives: y(t) = y₀
 * exp(−kc(t−t₀)) + Σ f u exp(−kc(t−τ)) over the doses before t, and all its derivatives.
 */
class DosesTest {
  private static final double K = 0.8;
  private static final double F = 0.6;
  private static final double[] C = {1, 0.7, 1.4};
  private static final double[][] START = {{0}, {1}, {0.3}};
  private static final double[] TIMES = {0, 1, 2.5};
  private static final double[][] DOSE_TIMES = {{0, 1.5}, {2, 1, 0.4}, {}};
  private static final double[][][] DOSES = {{{2}, {1}}, {{0.5}, {1.5}, {-0.2}}, {}};
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("f", Shape.scalar(), "k", Shape.scalar())));

  private static final Value CLEARANCE = Value.input("c", Type.perSampleScalar());
  private static final Value DOSE = Value.input("dose", Type.perSampleScalar());
  private static final Field FIELD =
      Field.of(
          1,
          List.of(CLEARANCE),
          (t, y) -> y.times(CLEARANCE).times(Value.parameter("k", Shape.scalar())).negated());
  private static final Jump INTAKE =
      Jump.of(
          1,
          List.of(DOSE),
          (t, y) -> y.plus(DOSE.times(Value.parameter("f", Shape.scalar())).broadcast(1)));

  private static DifferentiableSolution solve(
      Backend backend, String method, Stepping stepping, GradientMode mode) {
    return new DifferentiableEquation(backend, FIELD, LAYOUT)
        .with(INTAKE)
        .solve(
            Method.named(method),
            stepping,
            mode,
            new double[] {F, K},
            TIMES,
            START,
            SampleInputs.none()
                .with("c", new double[][] {{C[0]}, {C[1]}, {C[2]}})
                .with(JumpTimes.own(DOSE_TIMES, DOSES)));
  }

  @ParameterizedTest
  @CsvSource({
    "dopri5, adaptive, direct", "tsit5, adaptive, checkpointed", "bosh3, adaptive, binomial",
    "rodas4, adaptive, checkpointed", "dopri8, adaptive, direct",
        "coupled-dopri5, adaptive, direct",
    "alf, adaptive, reversible", "rk4, fixed, direct", "rk4, fixed, checkpointed",
    "dopri5, fixed, binomial", "alf, fixed, reversible", "coupled-rk4, fixed, reversible"
  })
  void valuesAndDerivativesAreTheKnownOnes(String method, String steps, String way) {
    Stepping stepping =
        steps.equals("fixed")
            ? new TimeGrid(0, 1, method.equals("alf") ? 2000 : 100)
            : new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-9, 1e-10).withLimit(1_000_000));
    boolean fine = !method.equals("alf");
    if (!fine && steps.equals("adaptive")) {
      stepping = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-6, 1e-6).withLimit(1_000_000));
    }
    GradientMode mode =
        switch (way) {
          case "direct" -> GradientMode.direct();
          case "binomial" -> GradientMode.binomial(5);
          case "reversible" -> GradientMode.reversible();
          default -> GradientMode.checkpointed();
        };
    check(solve(new ReferenceBackend(), method, stepping, mode), fine ? 3e-7 : 2e-5);
    check(
        solve(new SimdBackend(WorkingPrecision.FLOAT64), method, stepping, mode),
        fine ? 3e-7 : 2e-5);
    Stepping coarse =
        steps.equals("fixed") ? stepping : new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-5, 1e-6));
    check(solve(new SimdBackend(), method, coarse, mode), 2e-3);
  }

  private static double decay(int row, double from, double to) {
    return Math.exp(-K * C[row] * (to - from));
  }

  /** L = Σ (1 + p) y(t_p) over the times after the start; a dose at a time comes after it. */
  private static void check(DifferentiableSolution solution, double tolerance) {
    double[][][] cotangents = {{{0}, {2}, {3}}, {{0}, {2}, {3}}, {{0}, {2}, {3}}};
    SolutionCotangents slopes = solution.pullback(cotangents);
    double byF = 0;
    double byK = 0;
    for (int row = 0; row < 3; row++) {
      double byStart = 0;
      double byC = 0;
      double[] byTimes = new double[DOSE_TIMES[row].length];
      double[] byDoses = new double[DOSE_TIMES[row].length];
      for (int p = 1; p < TIMES.length; p++) {
        double elapsed = TIMES[p] - TIMES[0];
        double value = START[row][0] * decay(row, TIMES[0], TIMES[p]);
        byStart += (1 + p) * decay(row, TIMES[0], TIMES[p]);
        byK -= (1 + p) * C[row] * elapsed * value;
        byC -= (1 + p) * K * elapsed * value;
        for (int i = 0; i < DOSE_TIMES[row].length; i++) {
          if (DOSE_TIMES[row][i] < TIMES[p]) {
            double since = TIMES[p] - DOSE_TIMES[row][i];
            double share = decay(row, DOSE_TIMES[row][i], TIMES[p]);
            double part = F * DOSES[row][i][0] * share;
            value += part;
            byF += (1 + p) * part / F;
            byK -= (1 + p) * C[row] * since * part;
            byC -= (1 + p) * K * since * part;
            byTimes[i] += (1 + p) * K * C[row] * part;
            byDoses[i] += (1 + p) * F * share;
          }
        }
        assertThat(solution.value(row, p, 0)).isCloseTo(value, within(tolerance));
      }
      assertThat(slopes.byStart()[row][0]).isCloseTo(byStart, within(3 * tolerance));
      assertThat(slopes.byContext().get("c")[row][0]).isCloseTo(byC, within(10 * tolerance));
      SolutionCotangents.OfJump ofDoses = slopes.byJumps().get(0);
      for (int i = 0; i < DOSE_TIMES[row].length; i++) {
        assertThat(ofDoses.byInputs()[row][i][0]).isCloseTo(byDoses[i], within(3 * tolerance));
        boolean alone = DOSE_TIMES[row][i] != 0 && DOSE_TIMES[row][i] != 1;
        if (alone) { // others move with a time of the solve
          assertThat(ofDoses.byTimes()[row][i]).isCloseTo(byTimes[i], within(10 * tolerance));
        }
      }
    }
    assertThat(slopes.byParameters()[0]).isCloseTo(byF, within(10 * tolerance));
    assertThat(slopes.byParameters()[1]).isCloseTo(byK, within(10 * tolerance));
  }
}
