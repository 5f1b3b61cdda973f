package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.anabranch.graph.UnaryFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Errors against StrictMath in float64, in units of the last place of the exact result. Bounds are
 * what was measured, rounded up. {@link VectorBitsTest} carries them over to the lanes.
 */
class ActivationTest {
  /** Between neighbouring arguments, in representable numbers: prime, so that no pattern is hit. */
  private static final int SPARSE = 1009;

  @Test
  void expIsExactToOneUnit() {
    assertThat(worst(UnaryFunction.EXP, StrictMath::exp, -87.33654f, 88.72283f)).isLessThan(1.0);
  }

  @Test
  void logIsExactToOneUnit() {
    assertThat(worst(UnaryFunction.LOG, StrictMath::log, Float.MIN_VALUE, Float.MAX_VALUE))
        .isLessThan(0.8);
  }

  @Test
  void tanhIsExactToFiveUnits() {
    assertThat(worst(UnaryFunction.TANH, StrictMath::tanh, -Float.MAX_VALUE, Float.MAX_VALUE))
        .isLessThan(4.6);
  }

  @Test
  void sigmoidIsExactToThreeUnitsDownIntoItsTail() {
    assertThat(worst(UnaryFunction.SIGMOID, x -> 1 / (1 + StrictMath.exp(-x)), -87.3f, 1e30f))
        .isLessThan(2.2);
  }

  @Test
  void softplusIsExactToTwoUnitsDownIntoItsTail() {
    assertThat(worst(UnaryFunction.SOFTPLUS, ActivationTest::softplus, -87.33654f, 1e30f))
        .isLessThan(1.9);
  }

  @Test
  void sineAndCosineAreExactToTwoUnitsEverywhere() {
    for (UnaryFunction f : new UnaryFunction[] {UnaryFunction.SIN, UnaryFunction.COS}) {
      DoubleUnaryOperator exact = f == UnaryFunction.SIN ? StrictMath::sin : StrictMath::cos;
      assertThat(worst(f, exact, -Float.MAX_VALUE, Float.MAX_VALUE)).as(f.name()).isLessThan(1.6);
    }
  }

  @Test
  void expm1IsExactToTwoUnits() {
    assertThat(worst(UnaryFunction.EXPM1, StrictMath::expm1, -Float.MAX_VALUE, 88.72283f))
        .isLessThan(1.5);
  }

  @Test
  void erfIsExactToTwoUnits() {
    assertThat(worst(UnaryFunction.ERF, WideErrorFunction::erf, -1e30f, 1e30f)).isLessThan(1.7);
  }

  /** Values by mpmath 1.3 with 40 digits: mp.erf(x). */
  @ParameterizedTest
  @CsvSource({
    "1e-3, 0.001128378790969236380",
    "0.3, 0.3286267594591274277",
    "0.9, 0.7969082124228321286",
    "0.95, 0.8208908072732779318",
    "1.5, 0.9661051464753107271",
    "2.5, 0.9995930479825550410",
    "4, 0.9999999845827420998",
    "5.9, 0.9999999999999999286"
  })
  void erfInFloat64IsExactToTwoUnits(double x, double expected) {
    assertThat(WideErrorFunction.erf(x)).isCloseTo(expected, Offset.offset(2 * Math.ulp(expected)));
    assertThat(WideErrorFunction.erf(-x)).isEqualTo(-WideErrorFunction.erf(x));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  private static double worst(UnaryFunction f, DoubleUnaryOperator exact, float from, float to) {
    double worst = 0;
    for (long i = order(from); i <= order(to); i += SPARSE) {
      float x = number((int) i);
      double expected = exact.applyAsDouble(x);
      double error = Math.abs(Activation.apply(f, x) - expected) / Math.ulp((float) expected);
      worst = error <= worst ? worst : error; // NaN is the worst
    }
    return worst;
  }

  /** The place of a number among all float32, so that neighbours differ by 1. */
  private static int order(float x) {
    int bits = Float.floatToRawIntBits(x);
    return bits >= 0 ? bits : Integer.MIN_VALUE - bits;
  }

  private static float number(int order) {
    return Float.intBitsToFloat(order >= 0 ? order : Integer.MIN_VALUE - order);
  }

  @Test
  void infinitiesGiveTheLimits() {
    float inf = Float.POSITIVE_INFINITY;
    assertThat(Activation.exp(inf)).isEqualTo(inf);
    assertThat(Activation.exp(-inf)).isEqualTo(0f);
    assertThat(Activation.log(inf)).isEqualTo(inf);
    assertThat(Activation.tanh(inf)).isEqualTo(1f);
    assertThat(Activation.tanh(-inf)).isEqualTo(-1f);
    assertThat(Activation.apply(UnaryFunction.SIGMOID, inf)).isEqualTo(1f);
    assertThat(Activation.apply(UnaryFunction.SIGMOID, -inf)).isEqualTo(0f);
    assertThat(Activation.softplus(inf)).isEqualTo(inf);
    assertThat(Activation.softplus(-inf)).isEqualTo(0f);
    assertThat(Activation.expm1(inf)).isEqualTo(inf);
    assertThat(Activation.expm1(-inf)).isEqualTo(-1f);
    assertThat(ErrorFunction.erf(inf)).isEqualTo(1f);
    assertThat(ErrorFunction.erf(-inf)).isEqualTo(-1f);
    assertThat(Circular.sin(inf)).isNaN();
    assertThat(Circular.cos(-inf)).isNaN();
  }

  @Test
  void notANumberStaysOneExceptForStep() {
    for (UnaryFunction f : UnaryFunction.values()) {
      boolean step = f == UnaryFunction.STEP;
      assertThat(Float.isNaN(Activation.apply(f, Float.NaN))).as(f.name()).isNotEqualTo(step);
    }
  }

  @Test
  void logOfZeroIsMinusInfinityAndOfLessIsNotANumber() {
    assertThat(Activation.log(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Activation.log(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Activation.log(-Float.MIN_VALUE)).isNaN();
    assertThat(Activation.log(Float.NEGATIVE_INFINITY)).isNaN();
    assertThat(Activation.log(1f)).isEqualTo(0f);
  }

  @Test
  void expOverflowsAndUnderflowsWhereItsResultDoes() {
    assertThat(Activation.exp(88.72283f)).isLessThan(Float.POSITIVE_INFINITY);
    assertThat(Activation.exp(Math.nextUp(88.72283f))).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Activation.exp(-87.33654f)).isGreaterThanOrEqualTo(Float.MIN_NORMAL);
    assertThat(Activation.exp(Math.nextDown(-87.33654f))).isEqualTo(0f);
    assertThat(Activation.exp(0f)).isEqualTo(1f);
  }

  @Test
  void sineExpm1AndErfKeepTinyNumbersAndTheSignOfZero() {
    for (float x : new float[] {0f, -0f, Float.MIN_VALUE, -0x1p-140f, 1e-30f}) {
      assertThat(Circular.sin(x)).isEqualTo(x);
      assertThat(Activation.expm1(x)).isEqualTo(x);
      assertThat(Math.copySign(1, ErrorFunction.erf(x))).isEqualTo(Math.copySign(1, x));
    }
  }

  @Test
  void tanhKeepsTinyNumbersAndTheSignOfZero() {
    assertThat(Activation.tanh(1e-30f)).isEqualTo(1e-30f, within(1e-37f));
    assertThat(Float.floatToRawIntBits(Activation.tanh(-0f)))
        .isEqualTo(Float.floatToRawIntBits(-0f));
  }

  private static Offset<Float> within(float offset) {
    return Offset.offset(offset);
  }

  @Test
  void positivePartAndStepTreatBothZerosAsNotPositive() {
    assertThat(Float.floatToRawIntBits(Activation.apply(UnaryFunction.RELU, -0f))).isZero();
    assertThat(Activation.apply(UnaryFunction.RELU, -3f)).isEqualTo(0f);
    assertThat(Activation.apply(UnaryFunction.RELU, 3f)).isEqualTo(3f);
    assertThat(Activation.apply(UnaryFunction.STEP, 0f)).isEqualTo(0f);
    assertThat(Activation.apply(UnaryFunction.STEP, Float.MIN_VALUE)).isEqualTo(1f);
  }
}
