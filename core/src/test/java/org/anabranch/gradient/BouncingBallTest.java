package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A ball dropped from a height, whose flights, bounces and all derivatives are known: it first
 * meets the ground at √(2h/g) with the speed √(2gh), and each bounce leaves a share e of the speed.
 */
class BouncingBallTest {
  private static final double G = 9.81;
  private static final double E = 0.9;
  private static final double END = 3;
  private static final double[][] START = {{2, 0}, {0.8, 0}, {60, 0}, {1.3, 0}};
  private static final AdaptiveSpan STEPS = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-6, 1e-9));

  private static DifferentiableSolution solve(
      Backend backend, String method, GradientMode mode, double[] theta, double[][] start) {
    return new DifferentiableEquation(backend, FallingBall.FALL, FallingBall.LAYOUT)
        .with(FallingBall.GROUND.jumping(FallingBall.BOUNCE))
        .solve(Method.named(method), STEPS, mode, theta, new double[] {0, END}, start);
  }

  /** The time of a bounce, counted from 0. */
  private static double time(int bounce, double h, double g, double e) {
    double sum = 1;
    for (int k = 1; k <= bounce; k++) {
      sum += 2 * Math.pow(e, k);
    }
    return Math.sqrt(2 * h / g) * sum;
  }

  private static int bounces(double h) {
    int bounces = 0;
    while (time(bounces, h, G, E) < END) {
      bounces++;
    }
    return bounces;
  }

  /** Height at the end plus half of the speed, and a weighted sum of the times of bounces. */
  private static double loss(double h, double g, double e) {
    int count = bounces(h);
    double loss = 0;
    for (int bounce = 0; bounce < count; bounce++) {
      loss += (1 + 0.3 * bounce) * time(bounce, h, g, e);
    }
    double speed = count == 0 ? 0 : Math.pow(e, count) * Math.sqrt(2 * g * h);
    double flight = END - (count == 0 ? 0 : time(count - 1, h, g, e));
    double height = (count == 0 ? h : 0) + speed * flight - g * flight * flight / 2;
    return loss + height + 0.5 * (speed - g * flight);
  }

  private static SolutionCotangents slopes(DifferentiableSolution solution) {
    int met = solution.events().size();
    double[] ofTimes = new double[met];
    int bounce = 0;
    for (int i = 0; i < met; i++) {
      boolean same =
          i > 0 && solution.events().get(i).sample() == solution.events().get(i - 1).sample();
      bounce = same ? bounce + 1 : 0;
      ofTimes[i] = 1 + 0.3 * bounce;
    }
    double[][][] cotangents = new double[START.length][][];
    for (int row = 0; row < START.length; row++) {
      cotangents[row] = new double[][] {{0, 0}, {1, 0.5}};
    }
    return solution.pullback(cotangents, ofTimes, new double[met][2]);
  }

  private interface Function {
    double at(double x);
  }

  private static double slope(Function function, double x) {
    double d = 1e-3 * x; // by Richardson, to about 1e-11
    double wide = (function.at(x + d) - function.at(x - d)) / (2 * d);
    double half = (function.at(x + d / 2) - function.at(x - d / 2)) / d;
    return (4 * half - wide) / 3;
  }

  private static void check(Backend backend, String method, GradientMode mode, double tolerance) {
    DifferentiableSolution solution = solve(backend, method, mode, new double[] {E, G}, START);
    for (var event : solution.events()) {
      double h = START[event.sample()][0];
      assertThat(event.value().get(0)).isCloseTo(0, within(10 * tolerance));
      assertThat(event.time()).isLessThan(END).isGreaterThan(time(0, h, G, E) - tolerance);
    }
    SolutionCotangents slopes = slopes(solution);
    double byE = 0;
    double byG = 0;
    for (int row = 0; row < START.length; row++) {
      double h = START[row][0];
      int r = row;
      assertThat(solution.events().stream().filter(event -> event.sample() == r))
          .hasSize(bounces(h));
      assertThat(slopes.byStart()[row][0])
          .isCloseTo(slope(x -> loss(x, G, E), h), within(100 * tolerance));
      byE += slope(x -> loss(h, G, x), E);
      byG += slope(x -> loss(h, x, E), G);
    }
    assertThat(slopes.byParameters()[0]).isCloseTo(byE, within(100 * tolerance));
    assertThat(slopes.byParameters()[1]).isCloseTo(byG, within(100 * tolerance));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heun", "bosh3", "dopri5", "tsit5", "dopri8", "rodas4", "coupled-dopri5"})
  void bouncesAndTheirDerivativesAreTheKnownOnes(String method) {
    for (Backend backend :
        List.of(new ReferenceBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      check(backend, method, GradientMode.direct(), 1e-10);
    }
    check(new SimdBackend(), method, GradientMode.direct(), 2e-5);
  }

  @Test
  void everyModeGivesTheSameBits() {
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      for (String method : List.of("tsit5", "alf")) {
        double[] theta = {E, G};
        var direct = slopes(solve(backend, method, GradientMode.direct(), theta, START));
        for (GradientMode mode :
            List.of(
                new GradientMode.Checkpointed(3),
                GradientMode.checkpointed(),
                GradientMode.binomial(3),
                GradientMode.automatic())) {
          DifferentiableSolution solution = solve(backend, method, mode, theta, START);
          for (int again = 0; again < 2; again++) {
            var other = slopes(solution);
            assertThat(other.byParameters())
                .as("%s %s %s", backend.name(), method, mode)
                .containsExactly(direct.byParameters());
            for (int row = 0; row < START.length; row++) {
              assertThat(other.byStart()[row]).containsExactly(direct.byStart()[row]);
              assertThat(other.byTimes()[row]).containsExactly(direct.byTimes()[row]);
            }
          }
        }
      }
    }
  }

  @Test
  void aBallThatComesToRestEndsAtTheLimitOfJumps() {
    double[][] start = {{2, 0}, {60, 0}};
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      DifferentiableSolution solution =
          solve(backend, "tsit5", GradientMode.direct(), new double[] {0.3, G}, start);
      double rest = Math.sqrt(2 * 2 / G) * (1 + 2 * 0.3 / 0.7);
      assertThat(solution.outcome(0)).isEqualTo(Outcome.JUMP_LIMIT);
      assertThat(solution.reports().get(0).time()).isCloseTo(rest, within(1e-6));
      assertThat(solution.reports().get(0).sentence()).contains("as those of a ball");
      assertThat(solution.outcome(1)).isEqualTo(Outcome.COMPLETED);
    }
  }
}
