package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.PathDrive;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A controlled equation dh = f(t, h) dt + g(t, h) dX, X = (t, y), and the cotangents of y. */
class PathDriveTest {
  private static final int ROWS = 3;
  private static final int KNOTS = 6;
  private static final int CHANNELS = 2;
  private static final Shape SQUARE = Shape.matrix(2, 2);
  private static final ParameterLayout LAYOUT = ParameterLayout.of(Map.of("a", SQUARE));
  private static final double[] THETA = {0.4, -0.7, 0.3, 0.9};
  private static final double[] START = {0.5, -0.3, 1, 0.2, -0.8, 0.4};
  private static final double[] PATH = Problem.numbers(KNOTS * ROWS * CHANNELS, 6, 1);

  private static StochasticField controlled() {
    Value a = Value.parameter("a", SQUARE);
    return StochasticField.of(
        2,
        Noise.GENERAL,
        Calculus.STRATONOVICH,
        (t, h) -> {
          Value hidden = a.appliedTo(h).plus(t).tanh();
          Value columns = Value.concatenate(List.of(hidden, h.sin(), h.times(hidden)));
          return new Coefficients(h.times(-0.1), columns.reshaped(Shape.matrix(3, 2)).transposed());
        });
  }

  private static double[] times(int count) {
    double[] times = new double[count];
    Arrays.setAll(times, i -> i / (count - 1.0));
    return times;
  }

  /** A solve of the controlled equation for L = Σ h(T)², and what comes back to its path. */
  private static final class Score {
    final PathDrive path;
    final SolveGradient solve;
    final Accumulators accumulators;

    Score(Backend backend, String name, boolean points, GradientMode mode, int steps) {
      path = new PathDrive(backend, times(KNOTS), CHANNELS, true, ROWS);
      DrivenMethod stepped = StochasticMethod.named(name).on(controlled());
      DrivenMethod driven = points ? stepped.overOneGrid() : stepped;
      Parameters parameters = backend.parameters(LAYOUT);
      parameters.load(THETA);
      accumulators = backend.accumulators(LAYOUT);
      solve =
          SolveGradient.driven(
              backend,
              driven,
              parameters,
              accumulators,
              new TimeGrid(0, 1, steps),
              mode,
              Demands.none(),
              path,
              ROWS);
    }

    double loss() {
      solve.solve().initialValue().set(START);
      solve.forward();
      double[] end = new double[START.length];
      solve.solve().solution().get(end);
      double[] cotangent = Arrays.stream(end).map(h -> 2 * h).toArray();
      solve.solutionCotangent().set(cotangent);
      return Arrays.stream(end).map(h -> h * h).sum();
    }

    double lossOf(double[] values) {
      for (int knot = 0; knot < KNOTS; knot++) {
        for (int row = 0; row < ROWS; row++) {
          path.value(knot).setRow(row, values, (knot * ROWS + row) * CHANNELS);
        }
      }
      return loss();
    }

    double[] byPath() {
      solve.backward();
      double[] all = new double[PATH.length];
      Buffer buffer = new ReferenceBackend().buffer(Type.perSample(CHANNELS), ROWS);
      double[] numbers = new double[ROWS * CHANNELS];
      for (int knot = 0; knot < KNOTS; knot++) {
        path.cotangent(knot, buffer);
        buffer.get(numbers);
        System.arraycopy(numbers, 0, all, knot * numbers.length, numbers.length);
      }
      return all;
    }
  }

  private static GradientMode mode(String name) {
    return switch (name) {
      case "direct" -> GradientMode.direct();
      case "checkpointed" -> GradientMode.checkpointed();
      default -> GradientMode.reversible();
    };
  }

  /** Steps that land on the path's times, and steps that lie across them. */
  @ParameterizedTest
  @CsvSource({
    "heun, direct, 10, 1e-8",
    "midpoint, checkpointed, 7, 1e-8",
    "reversible-heun-plain, reversible, 10, 1e-8",
    "coupled-heun, reversible, 5, 1e-8"
  })
  void cotangentsAreTheSlopesOfTheNumbersComputed(
      String name, String mode, int steps, double error) {
    Score score = new Score(new ReferenceBackend(), name, false, mode(mode), steps);
    score.lossOf(PATH);
    double[] cotangents = score.byPath();
    for (int i = 0; i < PATH.length; i++) {
      double[] moved = PATH.clone();
      moved[i] += 1e-5;
      double there = score.lossOf(moved);
      moved[i] -= 2e-5;
      assertThat(cotangents[i]).isCloseTo((there - score.lossOf(moved)) / 2e-5, within(error));
    }
  }

  /** By points of one grid an interval's cotangent comes from both of its ends. */
  @Test
  void pointsOfOneGridHaveTheBitsOfWhatIsKept() {
    Backend simd = new SimdBackend();
    Score undone = new Score(simd, "reversible-heun", true, mode("reversible"), 10);
    Score kept = new Score(simd, "reversible-heun", true, mode("direct"), 10);
    assertThat(undone.lossOf(PATH)).isEqualTo(kept.lossOf(PATH));
    double[] cotangents = undone.byPath();
    assertThat(cotangents).containsExactly(kept.byPath());
    Score plain =
        new Score(new ReferenceBackend(), "reversible-heun-plain", false, mode("direct"), 10);
    plain.lossOf(PATH);
    double[] expected = plain.byPath();
    for (int i = 0; i < expected.length; i++) {
      assertThat(cotangents[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  /**
   * A generator's outputs drive a score: the cotangents of the path go on to the generator's
   * parameters, as in a generative adversarial network of stochastic equations.
   */
  @Test
  void cotangentsGoOnToTheEquationThatMadeThePath() {
    Backend backend = new ReferenceBackend();
    Score score = new Score(backend, "reversible-heun-plain", false, mode("reversible"), 10);
    double[] slopes = new double[2];
    double[] gradient = generated(backend, score, new double[] {0.3, -0.4}, true);
    for (int i = 0; i < 2; i++) {
      double[] moved = {0.3, -0.4};
      moved[i] += 1e-5;
      double there = generated(backend, score, moved, false)[0];
      moved[i] -= 2e-5;
      slopes[i] = (there - generated(backend, score, moved, false)[0]) / 2e-5;
    }
    assertThat(gradient).containsExactly(slopes, within(1e-7));
  }

  /** The loss, or the gradient by the generator's drift and diffusion. */
  private static double[] generated(
      Backend backend, Score score, double[] theta, boolean backward) {
    ParameterLayout layout = ParameterLayout.of(Map.of("g", Shape.vector(2)));
    Value g = Value.parameter("g", Shape.vector(2));
    StochasticField field =
        StochasticField.of(
            CHANNELS,
            Noise.DIAGONAL,
            Calculus.STRATONOVICH,
            (t, y) -> y.times(g.slice(0, 1).sum()),
            (t, y) -> y.cos().times(g.slice(1, 1).sum()));
    DrivenMethod driven = StochasticMethod.named("heun").on(field);
    Parameters parameters = backend.parameters(layout);
    parameters.load(theta);
    Accumulators accumulators = backend.accumulators(layout);
    int steps = KNOTS - 1;
    SolveGradient solve =
        SolveGradient.driven(
            backend,
            driven,
            parameters,
            accumulators,
            new TimeGrid(0, 1, steps),
            GradientMode.direct(),
            Demands.none().withEveryStep(steps),
            new BrownianDrive(BrownianGrid.equal(2, 0, 1, steps, CHANNELS), driven.need(), ROWS),
            ROWS);
    solve.solve().initialValue().set(START);
    solve.forward();
    score.path.value(0).copyFrom(solve.solve().initialValue());
    for (int point = 0; point < steps - 1; point++) {
      score.path.value(point + 1).copyFrom(solve.pointValue(point));
    }
    score.path.value(steps).copyFrom(solve.solve().solution());
    double loss = score.loss();
    if (!backward) {
      return new double[] {loss};
    }
    score.solve.backward();
    for (int point = 0; point < steps - 1; point++) {
      score.path.cotangent(point + 1, solve.pointCotangent(point));
    }
    score.path.cotangent(steps, solve.solutionCotangent());
    solve.backward();
    double[] gradient = new double[2];
    accumulators.total(gradient);
    return gradient;
  }

  @Test
  void whatCannotBeIsRefused() {
    Backend backend = new ReferenceBackend();
    assertThatThrownBy(() -> new PathDrive(backend, new double[] {0, 0}, 1, false, 1))
        .hasMessageContaining("time 1 is 0.0");
    assertThatThrownBy(() -> new PathDrive(backend, new double[] {0}, 1, false, 1))
        .hasMessageContaining("1 times");
    assertThatThrownBy(() -> new Score(backend, "heun", false, GradientMode.backsolve(), 10))
        .hasMessageContaining("no cotangents of what drives the steps");
  }
}
