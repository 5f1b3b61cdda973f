package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.IntToDoubleFunction;
import org.anabranch.graph.UnaryFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Errors against 48 digits, in units of the last place of the exact result. {@link VectorBitsTest}
 * carries them over to the lanes.
 */
class DoubleActivationTest {
  private static final int POINTS = 20_011;

  /** Bounds are what 400 000 random arguments in each range met, rounded up. */
  @ParameterizedTest
  @CsvSource({
    "EXP, -745.1, 709.7, 1.1",
    "EXP, -1, 1, 1.1",
    "LOG, 0.3, 3, 0.8",
    "LOG, 0, 1000, 0.8",
    "TANH, -21, 21, 1.4",
    "TANH, -0.7, 0.7, 1.4",
    "SIGMOID, -745, 40, 2.2",
    "SIGMOID, -3, 3, 2.2",
    "SOFTPLUS, -745, 800, 1.7",
    "SOFTPLUS, -3, 3, 1.7"
  })
  void errorsStayBelowTheirBounds(UnaryFunction f, double from, double to, double bound) {
    assertThat(worst(f, i -> from + (to - from) * (i + 0.5) / POINTS)).isLessThan(bound);
  }

  /** Arguments of all magnitudes: prime, so that no pattern of digits is hit. */
  @ParameterizedTest
  @CsvSource({"EXP, 1.1", "LOG, 0.8", "TANH, 1.4", "SIGMOID, 2.2", "SOFTPLUS, 1.7"})
  void errorsStayBelowTheirBoundsAtAllMagnitudes(UnaryFunction f, double bound) {
    double highest = f == UnaryFunction.LOG ? Double.MAX_VALUE : 700;
    long step = Double.doubleToRawLongBits(highest) / POINTS;
    assertThat(worst(f, i -> Double.longBitsToDouble(1 + i * step))).isLessThan(bound);
    if (f != UnaryFunction.LOG) {
      assertThat(worst(f, i -> -Double.longBitsToDouble(1 + i * step))).isLessThan(bound);
    }
  }

  private static double worst(UnaryFunction f, IntToDoubleFunction argument) {
    double worst = 0;
    for (int i = 0; i < POINTS; i++) {
      double error = error(f, argument.applyAsDouble(i));
      worst = error <= worst ? worst : error; // NaN is the worst
    }
    return worst;
  }

  static double error(UnaryFunction f, double x) {
    double actual = DoubleActivation.apply(f, x);
    if (!Double.isFinite(actual)) {
      return Double.NaN;
    }
    BigDecimal exact = ExactFunction.of(f, x);
    BigDecimal unit = new BigDecimal(Math.ulp(exact.doubleValue()));
    BigDecimal error = new BigDecimal(actual).subtract(exact).abs();
    return error.divide(unit, MathContext.DECIMAL64).doubleValue();
  }

  @Test
  void infinitiesGiveTheLimits() {
    double inf = Double.POSITIVE_INFINITY;
    assertThat(DoubleActivation.exp(inf)).isEqualTo(inf);
    assertThat(DoubleActivation.exp(-inf)).isZero();
    assertThat(DoubleActivation.log(inf)).isEqualTo(inf);
    assertThat(DoubleActivation.tanh(inf)).isEqualTo(1);
    assertThat(DoubleActivation.tanh(-inf)).isEqualTo(-1);
    assertThat(DoubleActivation.sigmoid(inf)).isEqualTo(1);
    assertThat(DoubleActivation.sigmoid(-inf)).isZero();
    assertThat(DoubleActivation.softplus(inf)).isEqualTo(inf);
    assertThat(DoubleActivation.softplus(-inf)).isZero();
  }

  /** NaN with any payload: bits of it reach the exponent inside. */
  @Test
  void notANumberStaysOneExceptForStep() {
    for (UnaryFunction f : UnaryFunction.values()) {
      for (long payload : new long[] {0, 1, 0x7ff, 0x800, 0x5555}) {
        double x = Double.longBitsToDouble(0x7ff8000000000000L | payload);
        boolean step = f == UnaryFunction.STEP;
        assertThat(Double.isNaN(DoubleActivation.apply(f, x))).as("%s", f).isNotEqualTo(step);
        assertThat(Double.isNaN(DoubleActivation.apply(f, -x))).as("%s", f).isNotEqualTo(step);
      }
    }
  }

  @Test
  void logOfZeroIsMinusInfinityAndOfLessIsNotANumber() {
    assertThat(DoubleActivation.log(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(DoubleActivation.log(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(DoubleActivation.log(-Double.MIN_VALUE)).isNaN();
    assertThat(DoubleActivation.log(Double.NEGATIVE_INFINITY)).isNaN();
    assertThat(DoubleActivation.log(1)).isZero();
  }

  @Test
  void expOverflowsAndUnderflowsWhereItsResultDoes() {
    double highest = DoubleActivation.EXP_HIGHEST;
    double lowest = DoubleActivation.EXP_LOWEST;
    assertThat(DoubleActivation.exp(highest)).isLessThan(Double.POSITIVE_INFINITY);
    assertThat(DoubleActivation.exp(Math.nextUp(highest))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(DoubleActivation.exp(lowest)).isEqualTo(Double.MIN_VALUE);
    assertThat(DoubleActivation.exp(Math.nextDown(lowest))).isZero();
    assertThat(DoubleActivation.exp(0)).isEqualTo(1);
    assertThat(DoubleActivation.exp(-0.0)).isEqualTo(1);
  }

  @Test
  void tanhKeepsTheSmallestNumbersAndTheSignOfZero() {
    assertThat(DoubleActivation.tanh(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
    assertThat(DoubleActivation.tanh(-1e-300)).isEqualTo(-1e-300);
    assertThat(Double.doubleToRawLongBits(DoubleActivation.tanh(-0.0)))
        .isEqualTo(Double.doubleToRawLongBits(-0.0));
  }

  @Test
  void positivePartAndStepTreatBothZerosAsNotPositive() {
    assertThat(Double.doubleToRawLongBits(DoubleActivation.apply(UnaryFunction.RELU, -0.0)))
        .isZero();
    assertThat(DoubleActivation.apply(UnaryFunction.STEP, 0)).isZero();
    assertThat(DoubleActivation.apply(UnaryFunction.STEP, Double.MIN_VALUE)).isEqualTo(1);
  }
}
