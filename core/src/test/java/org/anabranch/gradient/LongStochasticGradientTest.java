package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Steps that are undone in float32, however many: on the grid the gradient has the bits of that of
 * kept states; without it round-off shows.
 */
class LongStochasticGradientTest {
  private static final int ROWS = 2;
  private static final Shape SQUARE = Shape.matrix(2, 2);
  private static final ParameterLayout LAYOUT = ParameterLayout.of(Map.of("w", SQUARE));
  private static final double[] THETA = {0.3, -1.1, 0.8, 0.2};
  private static final double[] START = {0.4, -0.7, 0.1, 0.9};
  private static final StochasticField FIELD =
      StochasticField.of(
          2,
          Noise.GENERAL,
          Calculus.STRATONOVICH,
          (t, y) -> Value.parameter("w", SQUARE).appliedTo(y).tanh(),
          (t, y) -> {
            Value turned = Value.parameter("w", SQUARE).appliedTo(y).sin().times(0.5);
            return Value.concatenate(List.of(turned, y.times(0.3).cos())).reshaped(SQUARE);
          });

  private static Problem.Result solve(
      DrivenMethod driven, GradientMode mode, int steps, double end) {
    DrivenProblem problem =
        new DrivenProblem(
            driven,
            LAYOUT,
            THETA,
            BrownianGrid.equal(7, 0, end, steps, 2),
            new TimeGrid(0, end, steps));
    return problem.on(new SimdBackend(), mode, ROWS).squares(START);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "64, 1", "64, 5", "4096, 1", "4096, 5", "65536, 1", "65536, 5"})
  void onTheGridUndoneGradientsHaveTheBitsOfDirect(int steps, double end) {
    DrivenMethod method = StochasticMethod.named("reversible-heun").on(FIELD);
    for (DrivenMethod form : List.of(method, method.overOneGrid())) {
      Problem.Result direct = solve(form, GradientMode.direct(), steps, end);
      Problem.Result undone = solve(form, GradientMode.reversible(), steps, end);
      assertThat(undone.reconstructionError()).isZero();
      assertThat(undone.byStart()).containsExactly(direct.byStart());
      assertThat(undone.byParameters()).containsExactly(direct.byParameters());
      assertThat(Arrays.stream(direct.byParameters())).allMatch(Double::isFinite);
      if (steps >= 4096) {
        assertThat(undone.bytes()).isLessThan(direct.bytes() / 10);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4096, 1", "4096, 5", "65536, 1", "65536, 5"})
  void plainFloat32DoesNotComeBack(int steps, double end) {
    DrivenMethod plain = StochasticMethod.named("reversible-heun-plain").on(FIELD);
    Problem.Result direct = solve(plain, GradientMode.direct(), steps, end);
    Problem.Result undone = solve(plain, GradientMode.reversible(), steps, end);
    assertThat(undone.reconstructionError()).isGreaterThan(1e-7);
    assertThat(undone.differenceFrom(direct)).isPositive();
  }
}
