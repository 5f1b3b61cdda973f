package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.train.Standardisation;
import org.junit.jupiter.api.Test;

/** Against sums in decimal numbers, which are exact as well. */
class FeatureSumsTest {
  private static final MathContext DIGITS = new MathContext(60);

  @Test
  void meanAndDeviationAreThoseOfDecimalArithmetic() {
    List<Float> values = anyFloats(500);
    Standardisation fitted = sums(values).standardisation();
    BigDecimal n = BigDecimal.valueOf(values.size());
    BigDecimal mean =
        values.stream()
            .map(value -> new BigDecimal((double) value))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(n, new MathContext(400));
    BigDecimal variance =
        values.stream()
            .map(value -> new BigDecimal((double) value).subtract(mean).pow(2))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(n, new MathContext(400));
    assertThat(fitted.means()).containsExactly(mean.doubleValue());
    assertThat(fitted.deviations()).containsExactly(variance.sqrt(DIGITS).doubleValue());
  }

  @Test
  void valuesThatFloat64WouldLoseAreKept() {
    List<Float> values = List.of(1e30f, 1f, -1e30f, 1f, Float.MIN_VALUE, -Float.MIN_VALUE);
    assertThat(sums(values).standardisation().means()).containsExactly(1 / 3.0);
  }

  @Test
  void neitherOrderNorGroupingMatters() {
    List<Float> values = new ArrayList<>(anyFloats(300));
    Standardisation whole = sums(values).standardisation();
    Collections.reverse(values);
    FeatureSums parts = sums(values.subList(0, 7)).plus(sums(values.subList(7, 300)));
    assertThat(parts.standardisation()).isEqualTo(whole);
  }

  @Test
  void aFeatureThatNeverDiffersIsOnlyMoved() {
    Standardisation fitted = sums(List.of(0.1f, 0.1f, 0.1f)).standardisation();
    assertThat(fitted.deviations()).containsExactly(1.0);
    assertThat(fitted.apply(new float[] {0.1f})).containsExactly(0);
  }

  @Test
  void aValueThatIsMissingIsLeftOutOfItsFeatureAlone() {
    FeatureSums sums = new FeatureSums(2);
    sums.add(new float[] {1, 7}).add(new float[] {Float.NaN, 9}).add(new float[] {4, 11});
    Standardisation fitted = sums.standardisation();
    assertThat(fitted.means()).containsExactly(2.5, 9.0);
    assertThat(fitted.deviations()).containsExactly(1.5, Math.sqrt(8 / 3.0));
  }

  @Test
  void manyBigValuesCarryFromLimbToLimb() {
    FeatureSums sums = sums(List.of(-Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE, 0f));
    for (int doubling = 0; doubling < 40; doubling++) {
      sums.plus(copy(sums));
    }
    assertThat(sums.standardisation().means()).containsExactly(Float.MAX_VALUE / 4.0);
  }

  private static FeatureSums copy(FeatureSums sums) {
    return new FeatureSums(1).plus(sums);
  }

  private static FeatureSums sums(List<Float> values) {
    FeatureSums sums = new FeatureSums(1);
    values.forEach(value -> sums.add(new float[] {value}));
    return sums;
  }

  /** Of all signs and sizes, subnormal ones among them. */
  private static List<Float> anyFloats(int count) {
    List<Float> values = new ArrayList<>();
    for (int i = 0; values.size() < count; i++) {
      float value = Float.intBitsToFloat((int) CounterRandom.bits(1, Stream.SYNTHETIC, i, 0, 0));
      if (Float.isFinite(value)) {
        values.add(value);
      }
    }
    return values;
  }
}
