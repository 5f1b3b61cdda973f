package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
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
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Interruptions;
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

  private static SolveGradient solve(
      Backend backend,
      String name,
      GradientMode mode,
      double tolerance,
      long[] samples,
      double[] start,
      Accumulators accumulators) {
    StochasticMethod method = StochasticMethod.named(name);
    DrivenMethod driven = method.on(field(Calculus.STRATONOVICH));
    Parameters parameters = backend.parameters(LAYOUT);
    parameters.load(new double[] {A, B});
    BrownianDrive drive =
        new BrownianDrive(new BrownianInterval(5, 0, 1, 1), driven.need(), start.length);
    drive.samples(samples);
    SolveGradient solve =
        new SolveGradient(
            backend,
            driven.method(),
            driven.field(),
            Map.of(),
            parameters,
            accumulators,
            new AdaptiveSpan(0, 1, AdaptiveSteps.of(tolerance, tolerance).withFirstStep(0.05)),
            Interruptions.none(),
            mode,
            Demands.none(),
            drive,
            start.length);
    solve.solve().initialValue().set(start);
    solve.forward();
    solve.solutionCotangent().fill(1);
    solve.backward();
    return solve;
  }

  private static final long[] IDS = {0, 1, 2, 3, 4};

  private static double[] ends(SolveGradient solve) {
    double[] ends = new double[solve.solve().solution().count()];
    solve.solve().solution().get(ends);
    return ends;
  }

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
      Accumulators accumulators = backend.accumulators(LAYOUT);
      SolveGradient solve = solve(backend, name, mode, 1e-4, IDS, START, accumulators);
      double[] ends = ends(solve);
      double byA = 0;
      double byB = 0;
      double[] byStart = new double[START.length];
      solve.initialCotangent().get(byStart);
      for (int row = 0; row < START.length; row++) {
        double w = motion(row);
        double growth = Math.exp(A + B * w);
        assertThat(solve.reports().get(row).outcome().isSolved()).isTrue();
        assertThat(ends[row]).isCloseTo(START[row] * growth, within(5e-3 * growth));
        assertThat(byStart[row]).isCloseTo(growth, within(5e-3 * growth));
        byA += START[row] * growth;
        byB += START[row] * growth * w;
      }
      double[] gradient = new double[2];
      accumulators.total(gradient);
      assertThat(gradient[0]).isCloseTo(byA, within(2e-2 * Math.abs(byA)));
      assertThat(gradient[1]).isCloseTo(byB, within(2e-2 * (Math.abs(byB) + 1)));
      assertThat(solve.reports()).extracting(SampleReport::accepted).doesNotHaveDuplicates();
    }
  }

  /** On the accepted grids, undone to the bit; rejected steps have asked the path and left it. */
  @Test
  void undoneGradientsHaveTheBitsOfDirect() {
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      double[][] gradients = new double[2][2];
      double[][] byStart = new double[2][START.length];
      for (int i = 0; i < 2; i++) {
        GradientMode mode = i == 0 ? GradientMode.direct() : GradientMode.reversible();
        Accumulators accumulators = backend.accumulators(LAYOUT);
        SolveGradient solve =
            solve(backend, "reversible-heun", mode, 1e-3, IDS, START, accumulators);
        accumulators.total(gradients[i]);
        solve.initialCotangent().get(byStart[i]);
        assertThat(solve.reports().stream().mapToInt(SampleReport::rejected).sum()).isPositive();
        for (int row = 0; row < START.length; row++) {
          assertThat(i == 0 || solve.isRestored(row)).isTrue();
        }
      }
      assertThat(gradients[1]).containsExactly(gradients[0]);
      assertThat(byStart[1]).containsExactly(byStart[0]);
    }
  }

  @Test
  void aSamplesPathIsThatWhichItHasAlone() {
    Backend backend = new SimdBackend();
    Accumulators accumulators = backend.accumulators(LAYOUT);
    double[] all =
        ends(
            solve(
                backend,
                "reversible-heun",
                GradientMode.reversible(),
                1e-3,
                IDS,
                START,
                accumulators));
    for (int row = 0; row < START.length; row++) {
      double[] alone =
          ends(
              solve(
                  backend,
                  "reversible-heun",
                  GradientMode.reversible(),
                  1e-3,
                  new long[] {row},
                  Arrays.copyOfRange(START, row, row + 1),
                  accumulators));
      assertThat(alone[0]).isEqualTo(all[row]);
    }
  }

  @Test
  void methodsWithoutAnErrorEstimateAreRefused() {
    Backend backend = new ReferenceBackend();
    Accumulators accumulators = backend.accumulators(LAYOUT);
    assertThatThrownBy(
            () ->
                solve(backend, "euler-heun", GradientMode.direct(), 1e-3, IDS, START, accumulators))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("'euler-heun' has no error estimate");
  }
}
