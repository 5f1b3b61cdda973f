package org.anabranch.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageTangentTest {
  private static final double[] INPUT = {-1.5, 0.2, 0.7, 1.1, -0.4, 2};
  private static final double[] DIRECTION = {3, -2, 40, 0, 1, -7};
  private static final double[] SCALE = {0.5, 1.5, -1};
  private static final double[] BY_SCALE = {1, -1, 2};

  /** d tanh(s y) = (1 − tanh²(s y)) (s dy + y ds). */
  private static double error(boolean single, boolean first) {
    StageTangent tangent = new StageTangent(new TanhStage(3, true, single, 1), INPUT, SCALE, 2);
    StageTangent.Estimates found = tangent.along(DIRECTION, BY_SCALE);
    double[] numbers = first ? found.first() : found.second();
    double error = 0;
    double largest = 0;
    for (int i = 0; i < INPUT.length; i++) {
      double tanh = Math.tanh(SCALE[i % 3] * INPUT[i]);
      double exact = (1 - tanh * tanh) * (SCALE[i % 3] * DIRECTION[i] + INPUT[i] * BY_SCALE[i % 3]);
      error = Math.max(error, Math.abs(numbers[i] - exact));
      largest = Math.max(largest, Math.abs(exact));
    }
    return error / largest;
  }

  @Test
  void differencesAreAsGoodAsTheArithmetic() {
    assertThat(error(false, true)).isLessThan(1e-10);
    assertThat(error(true, true)).isBetween(1e-8, 1e-4);
  }

  @Test
  void theOtherEstimateIsNearAndNotTheSame() {
    assertThat(error(false, false)).isLessThan(1e-8).isNotEqualTo(error(false, true));
    assertThat(error(true, false)).isLessThan(1e-3).isNotEqualTo(error(true, true));
  }

  @Test
  void noDirectionHasNoTangent() {
    StageTangent tangent = new StageTangent(new TanhStage(3, true, false, 1), INPUT, SCALE, 2);
    assertThat(tangent.along(new double[6], new double[3]).first()).containsOnly(0);
  }
}
