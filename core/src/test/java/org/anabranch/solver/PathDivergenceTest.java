package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The divergence of paths from a prior's, integrated beside them. */
class PathDivergenceTest {
  private static final double END = 2.5;
  private static final int ROWS = 4;

  private static Value prior(Value t, Value y) {
    return y.sin().times(t);
  }

  private static double[] end(String method, StochasticField field, int motions) {
    BrownianPaths paths = BrownianPaths.of(5, END, 40, ROWS, motions);
    StochasticMethod named = StochasticMethod.named(method);
    StochasticField solvable = named.calculi().contains(field.calculus()) ? field : field.toIto();
    return StochasticRun.end(named.on(solvable), paths, 0.4, -0.3, 0);
  }

  private static StochasticField posterior(Noise noise, double gap, Value sigma) {
    return StochasticField.of(
        2,
        noise,
        Calculus.STRATONOVICH,
        (t, y) -> prior(t, y).plus(gap),
        (t, y) -> noise == Noise.ADDITIVE ? sigma : y.sin().plus(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler-maruyama", "milstein", "reversible-heun", "reversible-heun-plain"})
  void theDivergenceFromItselfIsZero(String method) {
    StochasticField field =
        posterior(Noise.DIAGONAL, 0, Value.constant(1))
            .withPathDivergence(PathDivergenceTest::prior);
    double[] y = end(method, field, 2);
    for (int row = 0; row < ROWS; row++) {
      assertThat(y[3 * row]).isNotEqualTo(0.4);
      assertThat(y[3 * row + 2]).isEqualTo(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler-maruyama", "heun", "reversible-heun-plain", "sra1", "sri2"})
  void aConstantGapUnderConstantNoiseGivesTheClosedForm(String method) {
    double c = 0.7;
    Value sigma = Value.constant(List.of(0.5, -0.8));
    StochasticField field =
        posterior(Noise.ADDITIVE, c, sigma).withPathDivergence(PathDivergenceTest::prior);
    double expected = c * c * END / 2 * (1 / 0.25 + 1 / 0.64);
    double[] y = end(method, field, 2);
    for (int row = 0; row < ROWS; row++) {
      assertThat(y[3 * row + 2]).isCloseTo(expected, within(1e-12 * expected));
    }
  }

  @Test
  void aSquareMatrixIsInverted() {
    // σ = [1 2; 0 4] and a gap of (3, 4): σ⁻¹ gap = (1, 1).
    Value sigma = Value.constant(List.of(1.0, 2.0, 0.0, 4.0)).reshaped(Shape.matrix(2, 2));
    StochasticField field =
        StochasticField.of(
                2,
                Noise.ADDITIVE,
                Calculus.ITO,
                (t, y) -> prior(t, y).plus(Value.constant(List.of(3.0, 4.0))),
                (t, y) -> sigma)
            .withPathDivergence(PathDivergenceTest::prior);
    assertThat(end("heun", field, 2)[2]).isCloseTo(END, within(1e-12));
  }

  @Test
  void aDiffusionThatVanishesIsTakenForASmallOne() {
    Value sigma = Value.constant(List.of(0.0, -1e-9));
    StochasticField field =
        posterior(Noise.ADDITIVE, 1e-7, sigma).withPathDivergence(PathDivergenceTest::prior);
    assertThat(end("heun", field, 2)[2]).isCloseTo(END, within(1e-6));
  }

  @Test
  void aMatrixWithoutAnInverseIsRefused() {
    StochasticField field =
        StochasticField.of(
            2,
            Noise.GENERAL,
            Calculus.ITO,
            PathDivergenceTest::prior,
            (t, y) -> y.repeatedColumns(3));
    assertThatThrownBy(() -> field.withPathDivergence(PathDivergenceTest::prior))
        .hasMessageContaining(
            "the diffusion is sample[2x3] with GENERAL noise, which has no inverse")
        .hasMessageContaining("Give each component that has noise a Brownian motion");
  }

  @Test
  void integralsFollowThePathAndFeedBackIntoNothing() {
    StochasticField plain =
        StochasticField.of(
            2,
            Noise.DIAGONAL,
            Calculus.STRATONOVICH,
            (t, y) -> y.negated(),
            (t, y) -> y.sin().plus(t));
    StochasticField integrated = plain.withIntegrals((t, y, at) -> at.drift().sum());
    BrownianPaths paths = BrownianPaths.of(5, END, 40, ROWS, 2);
    DrivenMethod euler = StochasticMethod.named("euler-maruyama").on(plain.toIto());
    double[] alone = StochasticRun.end(euler, paths, 0.4, -0.3);
    double[] both =
        StochasticRun.end(
            StochasticMethod.named("euler-maruyama").on(integrated.toIto()), paths, 0.4, -0.3, 0);
    for (int row = 0; row < ROWS; row++) {
      assertThat(both[3 * row]).isEqualTo(alone[2 * row]);
      assertThat(both[3 * row + 1]).isEqualTo(alone[2 * row + 1]);
      assertThat(both[3 * row + 2]).isNotEqualTo(0);
    }
  }
}
