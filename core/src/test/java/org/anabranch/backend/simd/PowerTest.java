package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Powers in float32 against StrictMath in float64. */
class PowerTest {
  private static final long SEED = 1;

  @Test
  void errorsStayBelowTheStatedOneWhereverTheResultIsNormal() {
    SplittableRandom random = new SplittableRandom(SEED);
    double worst = 0;
    for (int i = 0; i < 1_000_000; i++) {
      float bits = Math.abs(Float.intBitsToFloat(random.nextInt()));
      float a = i % 2 == 0 ? (float) random.nextDouble(0.5, 2) : bits;
      double largest = 88 / Math.max(Math.abs(StrictMath.log(a)), 1e-30);
      float b = (float) (random.nextDouble(-1, 1) * largest);
      double expected = StrictMath.pow(a, b);
      if (expected > Float.MIN_NORMAL * 1.0001 && expected < Float.MAX_VALUE) {
        double error = Math.abs(Power.of(a, b) - expected) / Math.ulp((float) expected);
        worst = error <= worst ? worst : error; // NaN is the worst
      }
    }
    assertThat(worst).as("seed %d", SEED).isBetween(0.9, 1.2);
  }

  @Test
  void wholePowersOfNegativeNumbersHaveTheSignOfTheirParity() {
    assertThat(Power.of(-2, 3)).isEqualTo(-8);
    assertThat(Power.of(-2, 4)).isEqualTo(16);
    assertThat(Power.of(-2, -1)).isEqualTo(-0.5f);
    assertThat(Power.of(-1, 0x1p24f + 2)).isEqualTo(1);
  }

  @Test
  void otherPowersOfNegativeNumbersAreNotANumber() {
    assertThat(Power.of(-2, 0.5f)).isNaN();
    assertThat(Power.of(-0.1f, -2.25f)).isNaN();
  }

  @Test
  void cornersAreThoseOfJava() {
    float[] corners = {0, -0f, 1, -1, 3, -3, 0.5f, Float.NaN, 1e38f, Float.MIN_VALUE};
    float[] exponents = {0, -0f, 1, -1, 2, 3, 0.5f, Float.NaN, 40, -40};
    float inf = Float.POSITIVE_INFINITY;
    for (float b : new float[] {inf, -inf, 0, -0f, Float.NaN}) {
      for (float a : corners) {
        assertThat(Power.of(a, b))
            .as("%s^%s", a, b)
            .isEqualTo(Float.valueOf((float) StrictMath.pow(a, b)));
      }
    }
    for (float a : new float[] {inf, -inf, 0, -0f, Float.NaN}) {
      for (float b : exponents) {
        assertThat(Power.of(a, b))
            .as("%s^%s", a, b)
            .isEqualTo(Float.valueOf((float) StrictMath.pow(a, b)));
      }
    }
  }

  @Test
  void overflowIsInfiniteAndUnderflowZero() {
    assertThat(Power.of(10, 39)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Power.of(2, 128)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Power.of(2, 127)).isEqualTo(0x1p127f);
    assertThat(Power.of(2, -126)).isEqualTo(0x1p-126f);
    assertThat(Power.of(10, -60)).isEqualTo(0);
    assertThat(Power.of(-10, 41)).isEqualTo(Float.NEGATIVE_INFINITY);
  }
}
