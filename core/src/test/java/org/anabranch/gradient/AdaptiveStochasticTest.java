package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.StochasticMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each sample's own steps along a path of its own: dX = aX dt + bX ∘ dW, X = x exp(at + bW). */
class AdaptiveStochasticTest {
  private static final double A = 0.3;
  private static final double B = 0.8;
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("a", Shape.scalar(), "b", Shape.scalar())));
  private static final double[] START = {1, 2, 0.5, -1, 1.5};

  private static StochasticField field(Calculus calculus) {
    return StochasticField.of(
        1,
        Noise.DIAGONAL,
        calculus,
        (t, y) -> y.times(Value.parameter("a", Shape.scalar())),
        (t, y) -> y.times(Value.parameter("b", Shape.scalar())));
  }

  /** A solve prepared, and what it gave for L = Σ z(T). */
  private record Seen(SolveGradient solve, Problem.Result result) {}

  private static Seen solve(
      Backend backend,
      String name,
      GradientMode mode,
      double tolerance,
      long[] samples,
      double[] start) {
    DrivenMethod driven = StochasticMethod.named(name).on(field(Calculus.STRATONOVICH));
    DrivenProblem problem =
        new DrivenProblem(
            driven,
            LAYOUT,
            new double[] {A, B},
            new BrownianInterval(5, 0, 1, 1),
            new AdaptiveSpan(0, 1, AdaptiveSteps.of(tolerance, tolerance).withFirstStep(0.05)));
    DrivenProblem.Prepared prepared = problem.on(backend, mode, Demands.none(), samples);
    return new Seen(prepared.solve(), prepared.sum(start));
  }

  private static final long[] IDS = {0, 1, 2, 3, 4};

  private static double motion(long sample) {
    BrownianInterval motion = new BrownianInterval(5, 0, 1, 1);
    Backend backend = new ReferenceBackend();
    var w = backend.buffer(Type.perSample(1), 1);
    motion.over(new long[] {sample}, new double[] {0}, new double[] {1}, w, null);
    double[] number = new double[1];
    w.get(number);
    return number[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"reversible-heun", "heun"})
  void pathsAndGradientsAreTheKnownOnes(String name) {
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      GradientMode mode =
          name.equals("heun") ? GradientMode.checkpointed() : GradientMode.reversible();
      Seen seen = solve(backend, name, mode, 1e-4, IDS, START);
      SolveGradient solve = seen.solve();
      double[] ends = seen.result().end();
      double byA = 0;
      double byB = 0;
      double[] byStart = seen.result().byStart();
      for (int row = 0; row < START.length; row++) {
        double w = motion(row);
        double growth = Math.exp(A + B * w);
        assertThat(solve.reports().get(row).outcome().isSolved()).isTrue();
        assertThat(ends[row]).isCloseTo(START[row] * growth, within(5e-3 * growth));
        assertThat(byStart[row]).isCloseTo(growth, within(5e-3 * growth));
        byA += START[row] * growth;
        byB += START[row] * growth * w;
      }
      double[] gradient = seen.result().byParameters();
      assertThat(gradient[0]).isCloseTo(byA, within(2e-2 * Math.abs(byA)));
      assertThat(gradient[1]).isCloseTo(byB, within(2e-2 * (Math.abs(byB) + 1)));
      assertThat(solve.reports()).extracting(SampleReport::smallestStep).doesNotHaveDuplicates();
    }
  }

  /** On the accepted grids, undone to the bit; rejected steps have asked the path and left it. */
  @Test
  void undoneGradientsHaveTheBitsOfDirect() {
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      Problem.Result direct =
          solve(backend, "reversible-heun", GradientMode.direct(), 1e-3, IDS, START).result();
      Seen undone = solve(backend, "reversible-heun", GradientMode.reversible(), 1e-3, IDS, START);
      assertThat(undone.solve().reports().stream().mapToInt(SampleReport::rejected).sum())
          .isPositive();
      assertThat(undone.result().reconstructionError()).isZero();
      assertThat(undone.result().byParameters()).containsExactly(direct.byParameters());
      assertThat(undone.result().byStart()).containsExactly(direct.byStart());
    }
  }

  @Test
  void aSamplesPathIsThatWhichItHasAlone() {
    Backend backend = new SimdBackend();
    GradientMode mode = GradientMode.reversible();
    double[] all = solve(backend, "reversible-heun", mode, 1e-3, IDS, START).result().end();
    for (int row = 0; row < START.length; row++) {
      double[] start = {START[row]};
      long[] id = {row};
      double[] alone = solve(backend, "reversible-heun", mode, 1e-3, id, start).result().end();
      assertThat(alone[0]).isEqualTo(all[row]);
    }
  }

  @Test
  void methodsWithoutAnErrorEstimateAreRefused() {
    Backend backend = new ReferenceBackend();
    assertThatThrownBy(() -> solve(backend, "euler-heun", GradientMode.direct(), 1e-3, IDS, START))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("'euler-heun' has no error estimate");
  }

  /** Undone, nothing grows with the steps but their times, 8 bytes each in arrays that double. */
  @Test
  void onlyTheTimesOfStepsAreKept() {
    Backend backend = new SimdBackend();
    GradientMode mode = GradientMode.reversible();
    Seen coarse = solve(backend, "reversible-heun", mode, 1e-2, IDS, START);
    Seen fine = solve(backend, "reversible-heun", mode, 1e-5, IDS, START);
    assertThat(accepted(fine)).isGreaterThan(20 * accepted(coarse));
    long grown = fine.solve().bytes() - coarse.solve().bytes();
    assertThat(grown).isBetween(8L * accepted(fine) / 2, 2 * 8L * accepted(fine));
  }

  private static int accepted(Seen seen) {
    return seen.solve().reports().stream().mapToInt(SampleReport::accepted).sum();
  }
}
