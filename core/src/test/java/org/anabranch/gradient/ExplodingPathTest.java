package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.control.brownian.BrownianMotion;
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
import org.anabranch.solver.Outcome;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.StochasticMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A path that explodes on its own steps among many, and noise that no step can follow. */
class ExplodingPathTest {
  private static final ParameterLayout ONE = ParameterLayout.of(Map.of("a", Shape.scalar()));
  private static final int ROWS = 2100;
  private static final int BAD = 700;
  private static final List<Backend> BACKENDS =
      List.of(new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64));

  /** dX = aX² ∘ dW with X = x / (1 − axW), a = 1. */
  private static DrivenMethod exploding(StochasticMethod method) {
    Value a = Value.parameter("a", Shape.scalar());
    return diagonal(method, y -> y.square().times(a));
  }

  private static DrivenMethod diagonal(StochasticMethod method, UnaryOperator<Value> diffusion) {
    StochasticField field =
        StochasticField.of(
            1,
            Noise.DIAGONAL,
            Calculus.STRATONOVICH,
            (t, y) -> y.times(0),
            (t, y) -> diffusion.apply(y));
    return method.on(method.calculi().contains(Calculus.ITO) ? field.toIto() : field);
  }

  /** The path that explodes where it has come to two thirds of its height. */
  private record Explosion(double start, double time) {
    static Explosion of(BrownianMotion motion, long sample) {
      int parts = 1 << 14;
      double[] path = new double[parts + 1];
      Buffer w = new ReferenceBackend().buffer(Type.perSample(1), 1);
      double[] increment = new double[1];
      double highest = 0;
      for (int part = 1; part <= parts; part++) {
        double from = (part - 1.0) / parts;
        motion.over(
            new long[] {sample},
            new double[] {from},
            new double[] {(double) part / parts},
            w,
            null);
        w.get(increment);
        path[part] = path[part - 1] + increment[0];
        highest = Math.max(highest, path[part]);
      }
      int part = 0;
      while (path[part] < highest / 1.5) {
        part++;
      }
      return new Explosion(1.5 / highest, (double) part / parts);
    }
  }

  static Stream<String> explodingMethods() {
    return StochasticMethod.names().stream()
        .filter(
            name -> {
              try {
                DrivenMethod driven = exploding(StochasticMethod.named(name));
                return driven.method().error(driven.field()).isPresent();
              } catch (IllegalArgumentException additiveOnly) {
                return false;
              }
            });
  }

  @ParameterizedTest
  @MethodSource("explodingMethods")
  void aPathThatExplodesOnItsOwnStepsIsToldOfAndHarmsNoOther(String name) {
    DrivenMethod driven = exploding(StochasticMethod.named(name));
    AdaptiveSpan span = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-2, 1e-2).withLimit(3000));
    Explosion explosion = Explosion.of(new BrownianInterval(11, 0, 1, 1), BAD);
    for (Backend backend : BACKENDS) {
      DrivenProblem problem =
          new DrivenProblem(driven, ONE, new double[] {1}, new BrownianInterval(11, 0, 1, 1), span);
      double[] starts = new double[ROWS];
      for (int row = 0; row < ROWS; row++) {
        starts[row] = 0.1 + 0.1 * row / ROWS;
      }
      DrivenProblem.Prepared without = problem.on(backend, GradientMode.automatic(), ROWS);
      Problem.Result clean = without.squaresWithout(BAD, starts);
      starts[BAD] = explosion.start();
      DrivenProblem.Prepared with = problem.on(backend, GradientMode.automatic(), ROWS);
      Problem.Result harmed = with.squaresWithout(BAD, starts);
      for (int row = 0; row < ROWS; row++) {
        if (row != BAD) {
          assertThat(harmed.end()[row]).isEqualTo(clean.end()[row]).isFinite();
          assertThat(harmed.byStart()[row]).isEqualTo(clean.byStart()[row]).isFinite();
          assertThat(with.solve().reports().get(row)).isEqualTo(without.solve().reports().get(row));
        }
      }
      // Its steps are more than the others': sums are grouped otherwise where states are kept.
      double byParameter = clean.byParameters()[0];
      assertThat(harmed.byParameters()[0])
          .isCloseTo(byParameter, within(1e-13 * Math.abs(byParameter)));
      SampleReport report = with.solve().reports().get(BAD);
      assertThat(report.outcome()).isIn(Outcome.STEP_TOO_SMALL, Outcome.STEP_LIMIT);
      // The undamped second solution of reversible Heun asks for small steps before.
      double early = name.startsWith("reversible") ? 0.06 : 0.02;
      assertThat(report.time()).isBetween(explosion.time() - early, explosion.time() + 1e-3);
      assertThat(report.sentence())
          .contains("at t = " + report.time())
          .containsAnyOf("singularity", "the limit of steps was reached");
    }
  }

  /**
   * Below the times that a motion tells apart it stands still, and errors vanish: not unnoticed.
   */
  @ParameterizedTest
  @MethodSource("explodingMethods")
  void noiseThatNoStepFollowsIsNotTakenForSolved(String name) {
    DrivenMethod driven = diagonal(StochasticMethod.named(name), y -> y.times(1e7).cos());
    AdaptiveSpan span = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-8, 1e-8).withLimit(3000));
    DrivenProblem problem = DrivenProblem.of(driven, new BrownianInterval(11, 0, 1, 1), span);
    Backend backend = new SimdBackend(WorkingPrecision.FLOAT64);
    SolveGradient solve = problem.on(backend, GradientMode.automatic(), 8).solve();
    solve.solve().initialValue().fill(0.3);
    solve.forward();
    for (SampleReport report : solve.reports()) {
      assertThat(report.outcome()).isIn(Outcome.STEP_TOO_SMALL, Outcome.STEP_LIMIT);
      assertThat(report.time()).isLessThan(1e-6);
    }
  }
}
