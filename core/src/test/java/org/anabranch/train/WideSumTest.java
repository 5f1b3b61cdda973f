package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of workers; the oracle is {@link BigDecimal}. */
class WideSumTest {
  private static final int SIZE = 40;
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              new ParameterLayout.View("one", Shape.vector(SIZE - 3), 0),
              new ParameterLayout.View("two", Shape.vector(3), SIZE - 3)));

  /** Numbers of 24 magnitudes, as the squares that Adam gathers have. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void numbersFarBelowTheLargestKeepTheirBits(long seed) {
    List<BlockResult> results = results(30, seed);
    double[] mean = mean(summed(results, summed(results, null).nextScales()));
    for (int i = 0; i < SIZE; i++) {
      double expected = exactMean(results, i);
      double quantum = 0x1p-80 * 1e3 * 30 / 60;
      assertThat(Math.abs(mean[i] - expected))
          .as("component %d, about %s", i, expected)
          .isLessThanOrEqualTo(Math.ulp(expected) * 4 + quantum);
    }
  }

  @Test
  void aNarrowSumLosesThem() {
    List<BlockResult> results = results(30, 1);
    ExactSum measured = ExactSum.empty(LAYOUT, null);
    results.forEach(measured::add);
    ExactSum narrow = ExactSum.empty(LAYOUT, measured.nextScales());
    results.forEach(narrow::add);
    assertThat(mean(narrow)[SIZE - 4]).isZero();
    assertThat(exactMean(results, SIZE - 4)).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void orderAndGroupsDoNotShow(long seed) {
    List<BlockResult> results = results(30, seed);
    Scales scales = summed(results, null).nextScales();
    double[] expected = mean(summed(results, scales));
    List<BlockResult> others = new ArrayList<>(results);
    Collections.reverse(others);
    ExactSum first = summed(others.subList(0, 7), scales);
    ExactSum second = summed(others.subList(7, 8), scales);
    second.merge(summed(others.subList(8, 30), scales));
    second.merge(first);
    assertThat(mean(second)).containsExactly(expected);
    assertThat(second.loss()).isEqualTo(summed(results, scales).loss());
  }

  /** From 2⁻³⁵ to 2²⁷: a run starts without a measuring round. */
  @Test
  void theFirstScalesFitWhatRunsBring() {
    assertThat(attempt(0x1p27 * 0.99)).isEqualTo("fits");
    assertThat(attempt(0x1p-35)).isEqualTo("fits");
    assertThat(attempt(0)).isEqualTo("fits");
    assertThat(attempt(0x1p27)).isEqualTo("overflowed");
    assertThat(attempt(0x1p-35 * 0.99)).isEqualTo("too coarse");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-250, 1e250, 3e-9})
  void theNextScalesFitAThousandthAndAMillionTimesAsMuch(double magnitude) {
    Scales next = one(magnitude, null).nextScales();
    for (double factor : new double[] {1, 1e-3, 1e6, 1e-12}) {
      ExactSum sum = one(magnitude * factor, next);
      assertThat(sum.overflowed() || sum.tooCoarse()).as("times " + factor).isFalse();
    }
    assertThat(one(magnitude * 0x1p21, next).overflowed()).isTrue();
  }

  @Test
  void countersThatAllWorkersShareComeBackAsTheyWere() {
    for (double counter : new double[] {1, 37, 0.9, Math.pow(0.999, 4321)}) {
      ExactSum sum = ExactSum.ofWorkers(LAYOUT, null);
      for (int worker = 0; worker < 5; worker++) {
        double[] values = new double[SIZE];
        values[SIZE - 1] = counter * 128;
        sum.add(new BlockResult(worker, values, 1, 128, 0, List.of(), 0));
      }
      assertThat(mean(sum)[SIZE - 1]).isEqualTo(counter);
    }
  }

  private static String attempt(double magnitude) {
    ExactSum sum = one(magnitude, null);
    return sum.overflowed() ? "overflowed" : sum.tooCoarse() ? "too coarse" : "fits";
  }

  private static ExactSum one(double magnitude, @Nullable Scales scales) {
    double[] values = new double[SIZE];
    values[SIZE - 1] = -magnitude;
    ExactSum sum = ExactSum.ofWorkers(LAYOUT, scales);
    sum.add(new BlockResult(0, values, 0, 1, 0, List.of(), 0));
    return sum;
  }

  private static ExactSum summed(List<BlockResult> results, @Nullable Scales scales) {
    ExactSum sum = ExactSum.ofWorkers(LAYOUT, scales);
    results.forEach(sum::add);
    return sum;
  }

  private static double[] mean(ExactSum sum) {
    double[] mean = new double[SIZE];
    sum.gradient(mean);
    return mean;
  }

  private static double exactMean(List<BlockResult> results, int component) {
    BigDecimal sum = BigDecimal.ZERO;
    long weight = 0;
    for (BlockResult result : results) {
      sum = sum.add(new BigDecimal(result.gradient()[component]));
      weight += result.weight();
    }
    return sum.divide(BigDecimal.valueOf(weight), MathContext.DECIMAL128).doubleValue();
  }

  private static List<BlockResult> results(int count, long seed) {
    List<BlockResult> results = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      double[] values = new double[SIZE];
      for (int i = 0; i < SIZE; i++) {
        double u = CounterRandom.uniform(seed, Stream.SYNTHETIC, number, 0, i);
        values[i] = (u + 0.1) * Math.pow(10, 3 - 24.0 * i / SIZE);
      }
      results.add(new BlockResult(number, values, 1.0 / (number + 3), 2, 1, List.of(), 0));
    }
    return results;
  }
}
