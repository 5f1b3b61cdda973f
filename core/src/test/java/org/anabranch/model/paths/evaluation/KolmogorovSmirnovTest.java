package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {
  @Test
  void aShiftedUniformSampleIsAsFarAsItIsShifted() {
    double[] uniform = IntStream.range(0, 1000).mapToDouble(i -> (i + 0.5) / 1000).toArray();
    double[] shifted = Arrays.stream(uniform).map(x -> x + 0.3).toArray();
    assertThat(KolmogorovSmirnov.statistic(uniform, shifted)).isCloseTo(0.3, within(2e-3));
    assertThat(KolmogorovSmirnov.statistic(shifted, uniform)).isCloseTo(0.3, within(2e-3));
  }

  @Test
  void isZeroForEqualSamplesAndOneForDisjointOnes() {
    double[] sample = {3, 1, 2};
    assertThat(KolmogorovSmirnov.statistic(sample, new double[] {2, 3, 1})).isZero();
    assertThat(KolmogorovSmirnov.statistic(sample, new double[] {4, 5})).isEqualTo(1);
    assertThat(sample).containsExactly(3, 1, 2);
  }

  @Test
  void countsTiesTogether() {
    double gap = KolmogorovSmirnov.statistic(new double[] {1, 1, 2}, new double[] {1, 2, 2});
    assertThat(gap).isCloseTo(1 / 3.0, within(1e-15));
  }

  @Test
  void agreesWithCommonsMathOnSamplesOfDifferentSizes() {
    double[] a = normals(37, 1, 0);
    double[] b = normals(101, 2, 0.4);
    double expected =
        new org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest()
            .kolmogorovSmirnovStatistic(a, b);
    assertThat(KolmogorovSmirnov.statistic(a, b)).isCloseTo(expected, within(1e-15));
  }

  @Test
  void anEmptySampleHasNoDistance() {
    assertThat(KolmogorovSmirnov.statistic(new double[0], new double[] {1})).isNaN();
  }

  private static double[] normals(int count, long seed, double shift) {
    return IntStream.range(0, count)
        .mapToDouble(i -> shift + CounterRandom.normal(seed, Stream.SYNTHETIC, i, 0, 0))
        .toArray();
  }
}
