package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics of x = a sin t and its slope, over steps that are small. */
class FoldTest {
  private static final DifferentialEquation SWING =
      DifferentialEquation.of(
          2, (t, y) -> Value.concatenate(List.of(y.slice(1, 1), y.slice(0, 1).negated())));
  private static final double[][] START = {{0, 1}, {0, 3}, {0, -2}};
  private static final AdaptiveSteps STEPS = AdaptiveSteps.of(1e-6, 1e-6).withSizes(0, 0.01);

  @ParameterizedTest
  @ValueSource(strings = {"dopri5", "tsit5", "alf", "rodas4"})
  void statisticsAreThoseOfTheSolution(String method) {
    double[] amplitudes = {1, 3, -2};
    OpenSolution solution = SWING.open(Method.named(method), STEPS, 0, START);
    int least = solution.fold(Fold.minimum(2));
    int most = solution.fold(Fold.maximum(2));
    int mean = solution.fold(Fold.mean(2));
    int turns =
        solution.fold(
            Fold.of(
                2,
                List.of(0.0),
                (step, a) ->
                    a.plus(
                        step.y0()
                            .slice(1, 1)
                            .times(step.y1().slice(1, 1))
                            .lessThan(Value.constant(0)))));
    solution.resume(1);
    for (int row = 0; row < 3; row++) {
      double a = amplitudes[row];
      assertThat(solution.folded(most, row).get(0))
          .isCloseTo(Math.max(0, a * Math.sin(1)), within(1e-4));
      assertThat(solution.folded(mean, row).get(0)).isCloseTo(a * (1 - Math.cos(1)), within(1e-4));
      assertThat(solution.folded(turns, row)).containsExactly(0.0);
    }
    solution.resume(5);
    for (int row = 0; row < 3; row++) {
      double a = amplitudes[row];
      assertThat(solution.folded(most, row).get(0))
          .isCloseTo(a > 0 ? a : a * Math.sin(1.5 * Math.PI), within(1e-3));
      assertThat(solution.folded(least, row).get(0)).isCloseTo(-Math.abs(a), within(1e-3));
      assertThat(solution.folded(mean, row))
          .hasSize(2)
          .first()
          .satisfies(x -> assertThat(x).isCloseTo(a * (1 - Math.cos(5)) / 5, within(1e-4)));
      assertThat(solution.folded(turns, row)).containsExactly(2.0);
    }
  }

  @Test
  void whatASampleComesToIsItsOwn() {
    OpenSolution together = SWING.open(Method.named("tsit5"), STEPS, 0, START);
    int mean = together.fold(Fold.mean(2));
    together.resume(2);
    for (int row = 0; row < 3; row++) {
      OpenSolution alone = SWING.open(Method.named("tsit5"), STEPS, 0, new double[][] {START[row]});
      alone.fold(Fold.mean(2));
      alone.resume(2);
      assertThat(together.folded(mean, row)).isEqualTo(alone.folded(0, 0));
    }
  }

  @Test
  void foldsThatDoNotFitAreRefused() {
    OpenSolution solution = SWING.open(Method.named("tsit5"), STEPS, 0, START);
    assertThatThrownBy(() -> solution.fold(Fold.mean(3)))
        .hasMessageContaining("Make it for the solution's dimension");
    assertThatThrownBy(() -> Fold.of(2, List.of(0.0), (step, a) -> step.y0()))
        .hasMessageContaining("starts with 1 numbers");
    assertThatThrownBy(() -> new Fold(Fold.mean(2).graph(), Fold.mean(2).start(), 4))
        .hasMessageContaining("Name at least one and no more than all");
  }
}
