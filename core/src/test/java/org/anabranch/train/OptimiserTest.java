package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimiserTest {
  private static final Backend REFERENCE = new ReferenceBackend();

  /** On a constant gradient the velocity is a geometric series: b_n = g (1 − μⁿ)/(1 − μ). */
  @Test
  void momentumSumsPastGradientsGeometrically() {
    Updates updates = new Updates(REFERENCE, Optimiser.sgd(0.1, 0.9), new double[] {5, -1});
    double expected = 5;
    for (int n = 1; n <= 30; n++) {
      updates.apply(new double[] {2, 0});
      expected -= 0.1 * 2 * (1 - Math.pow(0.9, n)) / (1 - 0.9);
    }
    double[] parameters = parameters(updates, 2);
    assertThat(parameters[0]).isCloseTo(expected, within(1e-12));
    assertThat(parameters[1]).isEqualTo(-1);
  }

  @Test
  void withoutMomentumThereIsNoState() {
    Updates updates = new Updates(REFERENCE, Optimiser.sgd(0.25, 0), new double[] {1});
    updates.apply(new double[] {2});
    assertThat(parameters(updates, 1)).containsExactly(0.5);
    assertThat(updates.arrays()).containsOnlyKeys("parameters");
  }

  /** Bias correction makes the moments of a constant gradient exact: every step has length η. */
  @Test
  void adamMovesByTheLearningRateOnAConstantGradient() {
    Updates updates =
        new Updates(REFERENCE, Optimiser.adam(0.01, 0.9, 0.999, 0), new double[] {0, 0, 0});
    for (int n = 1; n <= 50; n++) {
      updates.apply(new double[] {3, -1e-5, 1e7});
    }
    assertThat(parameters(updates, 3))
        .containsExactly(new double[] {-0.5, 0.5, -0.5}, within(1e-9));
  }

  /** Two steps by hand. */
  @Test
  void adamForgetsAGradientAtTheRatesOfItsMoments() {
    Updates updates = new Updates(REFERENCE, Optimiser.adam(1, 0.5, 0.75, 0), new double[] {0});
    updates.apply(new double[] {4});
    updates.apply(new double[] {0});
    // m = 4·½·½ = 1, v = 16·¼·¾ = 3; corrections 1 − ¼ and 1 − 9/16: (4/3) / √(48/7).
    assertThat(parameters(updates, 1)[0])
        .isCloseTo(-1 - 4.0 / 3 / Math.sqrt(48.0 / 7), within(1e-14));
  }

  static List<Optimiser> optimisers() {
    return List.of(
        Optimiser.sgd(0.1, 0),
        Optimiser.sgd(0.1, 0.9),
        Optimiser.nesterov(0.1, 0.9),
        Optimiser.adam(0.003, 0.9, 0.999, 1e-8),
        Optimiser.adamW(0.003, 0.9, 0.999, 1e-8, 0.01),
        Optimiser.adaBelief(0.003, 0.9, 0.999, 1e-14),
        Optimiser.rmsProp(0.003, 0.95, 1e-8),
        Optimiser.adadelta(1, 0.95, 1e-6),
        Optimiser.adam(0.003, 0.9, 0.999, 1e-8).clippedByValue(0.5).clippedByNorm(1));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void bothBackendsGiveTheSameBits(Optimiser optimiser) {
    Updates reference = new Updates(REFERENCE, optimiser, new double[37]);
    Updates simd = new Updates(new SimdBackend(), optimiser, new double[37]);
    double[] gradient = new double[37];
    for (int n = 0; n < 100; n++) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = Math.scalb(((n * 31 + i * 17) % 23) - 11.5, (i * 7) % 40 - 30);
      }
      reference.apply(gradient, 1 / (n + 1.0));
      simd.apply(gradient, 1 / (n + 1.0));
    }
    assertThat(parameters(simd, 37)).containsExactly(parameters(reference, 37));
    assertThat(parameters(simd, 37)).doesNotContain(0).doesNotContain(Double.NaN);
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void restoringGoesOnAsIfNothingHadHappened(Optimiser optimiser) {
    Updates through = new Updates(REFERENCE, optimiser, new double[] {1, 2});
    Updates before = new Updates(REFERENCE, optimiser, new double[] {1, 2});
    before.apply(new double[] {0.3, -0.2});
    Updates after = new Updates(REFERENCE, optimiser, new double[2]);
    after.restore(before.arrays());
    after.apply(new double[] {-0.1, 0.7});
    through.apply(new double[] {0.3, -0.2});
    through.apply(new double[] {-0.1, 0.7});
    assertThat(parameters(after, 2)).containsExactly(parameters(through, 2));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void halfTheRateIsHalfOfTheFirstStep(Optimiser optimiser) {
    double[] gradient = {0.3, -0.2};
    Updates whole = new Updates(REFERENCE, optimiser, new double[] {1, 2});
    Updates half = new Updates(REFERENCE, optimiser, new double[] {1, 2});
    whole.apply(gradient);
    half.apply(gradient, 0.5);
    for (int i = 0; i < 2; i++) {
      double start = i + 1.0;
      assertThat(start - parameters(half, 2)[i])
          .isCloseTo((start - parameters(whole, 2)[i]) / 2, within(1e-14));
    }
  }

  /** Without a gradient Adam stands still, and what decays is a geometric sequence. */
  @Test
  void weightDecayShrinksWithoutAGradient() {
    Optimiser adamW = Optimiser.adamW(0.1, 0.9, 0.999, 1e-8, 0.5);
    Updates updates = new Updates(REFERENCE, adamW, new double[] {3, -7});
    for (int n = 0; n < 20; n++) {
      updates.apply(new double[2]);
    }
    double left = Math.pow(1 - 0.1 * 0.5, 20);
    assertThat(parameters(updates, 2))
        .containsExactly(new double[] {3 * left, -7 * left}, within(1e-14));
  }

  /** What decays moves as under decay, bit for bit, and what is spared as without. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void decayOfMatricesLeavesVectorsAndNumbersToTheRule(Optimiser rule) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("scale", Shape.scalar());
    shapes.put("weight", Shape.matrix(2, 2));
    shapes.put("bias", Shape.vector(2));
    shapes.put("last", Shape.matrix(1, 2));
    ParameterLayout layout = ParameterLayout.of(shapes);
    double[] start = {1, -2, 3, -4, 5, -6, 7, -8, 9};
    double[] gradient = {0.3, -0.2, 0.1, 0.4, -0.5, 0.6, -0.7, 0.8, -0.9};
    double[] plain = moved(REFERENCE, rule, start, gradient);
    double[] all = moved(REFERENCE, rule.withWeightDecay(0.5), start, gradient);
    Optimiser ofMatrices = rule.withWeightDecayOfMatrices(0.5, layout);
    double[] matrices = moved(REFERENCE, ofMatrices, start, gradient);
    assertThat(moved(new SimdBackend(), ofMatrices, start, gradient)).containsExactly(matrices);
    for (int i = 0; i < start.length; i++) {
      boolean isSpared = i == 0 || i == 5 || i == 6;
      assertThat(matrices[i]).isEqualTo(isSpared ? plain[i] : all[i]);
      assertThat(plain[i]).isNotEqualTo(all[i]);
    }
  }

  @Test
  void whereAllIsSparedNothingDecays() {
    ParameterLayout layout = ParameterLayout.of(Map.of("bias", Shape.vector(2)));
    Optimiser sgd = Optimiser.sgd(0.1, 0);
    double[] start = {1, 2};
    double[] gradient = {0.5, -0.5};
    assertThat(moved(REFERENCE, sgd.withWeightDecayOfMatrices(0.5, layout), start, gradient))
        .containsExactly(moved(REFERENCE, sgd, start, gradient));
  }

  private static double[] moved(
      Backend backend, Optimiser optimiser, double[] start, double[] gradient) {
    Updates updates = new Updates(backend, optimiser, start);
    updates.apply(gradient);
    updates.apply(gradient);
    return parameters(updates, start.length);
  }

  @Test
  void aLongGradientIsShortenedToTheLimitAndKeepsItsDirection() {
    assertThat(stepOf(Optimiser.sgd(1, 0).clippedByNorm(1), 30, -40))
        .containsExactly(new double[] {0.6, -0.8}, within(1e-15));
  }

  @Test
  void aGradientWithinTheLimitKeepsItsBits() {
    assertThat(stepOf(Optimiser.sgd(1, 0).clippedByNorm(0.51), 0.3, -0.4))
        .containsExactly(0.3, -0.4);
    assertThat(stepOf(Optimiser.sgd(1, 0).clippedByNorm(1), 0, 0)).containsExactly(0, 0);
  }

  /** The squares of these are no doubles any more. */
  @Test
  void clippingTamesAGradientThatExploded() {
    assertThat(stepOf(Optimiser.sgd(1, 0).clippedByNorm(1), 3e200, -4e200))
        .containsExactly(new double[] {0.6, -0.8}, within(1e-15));
    assertThat(stepOf(Optimiser.sgd(1, 0).clippedByNorm(1e-200), 3e-170, 4e-170))
        .containsExactly(new double[] {6e-201, 8e-201}, within(1e-214));
  }

  @Test
  void clippingByValueCutsEachComponent() {
    assertThat(stepOf(Optimiser.sgd(1, 0).clippedByValue(0.5), 30, -0.4))
        .containsExactly(0.5, -0.4);
    assertThat(stepOf(Optimiser.sgd(1, 0).clippedByValue(0.5), 0.4, -9)).containsExactly(0.4, -0.5);
  }

  @Test
  void limitsWithoutSenseAreRefused() {
    Optimiser sgd = Optimiser.sgd(1, 0);
    assertThatThrownBy(() -> sgd.clippedByNorm(0)).hasMessageContaining("the limit is 0.0");
    assertThatThrownBy(() -> sgd.clippedByValue(-1)).hasMessageContaining("the limit is -1.0");
    assertThatThrownBy(() -> sgd.withWeightDecay(-0.1)).hasMessageContaining("is -0.1");
  }

  /** What is subtracted from zero. */
  private static double[] stepOf(Optimiser optimiser, double... gradient) {
    Updates updates = new Updates(REFERENCE, optimiser, new double[gradient.length]);
    updates.apply(gradient);
    double[] moved = parameters(updates, gradient.length);
    return Arrays.stream(moved).map(number -> 0 - number).toArray();
  }

  @Test
  void anotherOptimisersStateIsRefused() {
    Updates sgd = new Updates(REFERENCE, Optimiser.sgd(0.1, 0.9), new double[] {1, 2});
    Updates adam = new Updates(REFERENCE, Optimiser.adam(0.003, 0.9, 0.999, 1e-8), new double[2]);
    assertThatThrownBy(() -> adam.restore(sgd.arrays()))
        .hasMessageContaining("has no numbers")
        .hasMessageContaining("Resume with the configuration");
    assertThatThrownBy(() -> sgd.restore(Map.of("parameters", new double[3])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] parameters(Updates updates, int size) {
    double[] parameters = new double[size];
    updates.parameters(parameters);
    return parameters;
  }
}
