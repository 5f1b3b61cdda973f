package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.junit.jupiter.api.Test;

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

  @Test
  void bothBackendsGiveTheSameBits() {
    Updates reference =
        new Updates(REFERENCE, Optimiser.adam(0.003, 0.9, 0.999, 1e-8), new double[37]);
    Updates simd =
        new Updates(new SimdBackend(), Optimiser.adam(0.003, 0.9, 0.999, 1e-8), new double[37]);
    double[] gradient = new double[37];
    for (int n = 0; n < 100; n++) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = Math.scalb(((n * 31 + i * 17) % 23) - 11.5, (i * 7) % 40 - 30);
      }
      reference.apply(gradient);
      simd.apply(gradient);
    }
    assertThat(parameters(simd, 37)).containsExactly(parameters(reference, 37));
  }

  @Test
  void restoringGoesOnAsIfNothingHadHappened() {
    Optimiser adam = Optimiser.adam(0.003, 0.9, 0.999, 1e-8);
    Updates through = new Updates(REFERENCE, adam, new double[] {1, 2});
    Updates before = new Updates(REFERENCE, adam, new double[] {1, 2});
    before.apply(new double[] {0.3, -0.2});
    Updates after = new Updates(REFERENCE, adam, new double[2]);
    after.restore(before.arrays());
    after.apply(new double[] {-0.1, 0.7});
    through.apply(new double[] {0.3, -0.2});
    through.apply(new double[] {-0.1, 0.7});
    assertThat(parameters(after, 2)).containsExactly(parameters(through, 2));
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
