package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The continuous adjoint of stochastic equations nears the gradient of the steps taken: L = Σ
 * z(T)², over paths of 256 intervals.
 */
class StochasticBacksolveTest {
  private static final int D = 3;
  private static final int ROWS = 64;
  private static final int FINEST = 256;
  private static final Shape SQUARE = Shape.matrix(D, D);
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("a", SQUARE, "b", SQUARE, "c", Shape.vector(D))));
  private static final double[] THETA = Problem.numbers(LAYOUT.size(), 1, 0.7);
  private static final double[] START = Problem.numbers(ROWS * D, 2, 1);

  /** The columns of its commutative noise are one vector's multiples. */
  private static StochasticField field(Noise noise) {
    Value a = Value.parameter("a", SQUARE);
    Value b = Value.parameter("b", SQUARE);
    Value c = Value.parameter("c", Shape.vector(D));
    return StochasticField.of(
        D,
        noise,
        Calculus.STRATONOVICH,
        (t, y) -> {
          Value hidden = b.appliedTo(y).sin();
          Value diffusion =
              switch (noise) {
                case SCALAR -> hidden;
                case DIAGONAL -> y.times(c).sin().plus(0.3);
                case ADDITIVE -> c.sin().times(t.plus(1));
                case COMMUTATIVE -> hidden.outer(c);
                case GENERAL ->
                    Value.concatenate(List.of(hidden, c.sin().times(y), hidden.times(c)))
                        .reshaped(SQUARE);
              };
          return new Coefficients(a.appliedTo(y).plus(t).tanh(), diffusion);
        });
  }

  private static Problem.Result solve(
      Backend backend, String name, Noise noise, GradientMode mode, int steps) {
    DrivenMethod driven = StochasticMethod.named(name).on(field(noise));
    Parameters parameters = backend.parameters(LAYOUT);
    parameters.load(THETA);
    Accumulators accumulators = backend.accumulators(LAYOUT);
    BrownianGrid motion = BrownianGrid.equal(11, 0, 1, FINEST, field(noise).noiseDimension());
    SolveGradient solve =
        SolveGradient.driven(
            backend,
            driven,
            parameters,
            accumulators,
            new TimeGrid(0, 1, steps),
            mode,
            Demands.none(),
            new BrownianDrive(motion, driven.need(), ROWS),
            ROWS);
    solve.solve().initialValue().set(START);
    solve.forward();
    double[] end = new double[START.length];
    solve.solve().solution().get(end);
    solve.solutionCotangent().set(Arrays.stream(end).map(z -> 2 * z).toArray());
    solve.backward();
    double[] byStart = new double[START.length];
    solve.initialCotangent().get(byStart);
    double[] byParameters = new double[LAYOUT.size()];
    accumulators.total(byParameters);
    double error =
        IntStream.range(0, ROWS).mapToDouble(solve::reconstructionError).max().orElseThrow();
    return new Problem.Result(end, byStart, byParameters, new double[0], error, solve.bytes());
  }

  /** Σ |b − d| / Σ |d|, over start and parameters. */
  private static double difference(String name, Noise noise, int steps) {
    Backend reference = new ReferenceBackend();
    Problem.Result direct = solve(reference, name, noise, GradientMode.direct(), steps);
    Problem.Result back = solve(reference, name, noise, GradientMode.backsolve(), steps);
    double sum = 0;
    double size = 0;
    for (int part = 0; part < 2; part++) {
      double[] d = direct.gradients().get(part);
      double[] b = back.gradients().get(part);
      sum += IntStream.range(0, d.length).mapToDouble(i -> Math.abs(b[i] - d[i])).sum();
      size += Arrays.stream(d).map(Math::abs).sum();
    }
    return sum / size;
  }

  /**
   * Both are methods of the equation that is driven by the increments of the steps, areas do not
   * come in: so the order is 1 also where the noise does not commute, and 2 without products of
   * increments.
   */
  @ParameterizedTest
  @CsvSource({
    "heun, DIAGONAL, 1, 1.3e-3",
    "heun, SCALAR, 1, 1.2e-2",
    "heun, COMMUTATIVE, 1, 1.2e-2",
    "heun, GENERAL, 1, 5e-3",
    "heun, ADDITIVE, 2, 2.5e-5",
    "midpoint, DIAGONAL, 1, 1.5e-3",
    "midpoint, GENERAL, 1, 4e-3",
    "midpoint, ADDITIVE, 1, 5e-4",
    "euler-heun, DIAGONAL, 1, 1.5e-2",
    "euler-heun, GENERAL, 1, 2.5e-2",
  })
  void itNearsTheGradientOfTheStepsTaken(String name, Noise noise, double order, double at32) {
    double[] errors =
        IntStream.rangeClosed(3, 8).mapToDouble(k -> difference(name, noise, 1 << k)).toArray();
    double slope = 0;
    for (int i = 0; i < errors.length; i++) {
      slope += (i - 2.5) * -Math.log(errors[i]) / Math.log(2) / 17.5;
    }
    assertThat(slope).isBetween(order - 0.1, order + 0.2);
    assertThat(errors[2]).isLessThan(at32);
  }

  @Test
  void backendsAgree() {
    for (Noise noise : Noise.values()) {
      Backend simd = new SimdBackend(WorkingPrecision.FLOAT64);
      Problem.Result expected =
          solve(new ReferenceBackend(), "midpoint", noise, GradientMode.backsolve(), 64);
      Problem.Result actual = solve(simd, "midpoint", noise, GradientMode.backsolve(), 64);
      assertThat(actual.differenceFrom(expected)).isLessThan(1e-12);
    }
  }

  /** It says how far from the start it came. */
  @Test
  void itsOwnWayBackMissesTheStartByAsMuch() {
    Backend reference = new ReferenceBackend();
    for (int steps : new int[] {16, 256}) {
      double missed =
          solve(reference, "heun", Noise.GENERAL, GradientMode.backsolve(), steps)
              .reconstructionError();
      assertThat(missed * steps).isBetween(0.1, 10.0);
    }
  }

  @Test
  void memoryDoesNotGrowWithTheSteps() {
    Backend reference = new ReferenceBackend();
    GradientMode back = GradientMode.backsolve();
    GradientMode direct = GradientMode.direct();
    long few = solve(reference, "heun", Noise.GENERAL, back, 1).bytes();
    assertThat(solve(reference, "heun", Noise.GENERAL, back, 256).bytes()).isEqualTo(few);
    long kept = solve(reference, "heun", Noise.GENERAL, direct, 1).bytes();
    assertThat(solve(reference, "heun", Noise.GENERAL, direct, 256).bytes())
        .isEqualTo(kept + 255 * ROWS * D * Double.BYTES);
  }
}
