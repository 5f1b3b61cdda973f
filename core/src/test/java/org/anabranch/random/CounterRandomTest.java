package org.anabranch.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterRandomTest {
  private static final int N = 100_000;

  /** One step along one coordinate. */
  private enum Coordinate {
    SEED,
    STREAM,
    SAMPLE,
    STEP,
    COMPONENT
  }

  /**
   * Bits from a second implementation, written from the paper in Python (64 bit words, low first).
   */
  @Test
  void coordinatesEnterKeyAndCounterWordByWord() {
    assertThat(CounterRandom.bits(0, Stream.INITIALISER, 0, 0, 0)).isEqualTo(0xa7f399d2b3a8dcd1L);
    assertThat(CounterRandom.bits(42, Stream.BROWNIAN, 7, 3, 2)).isEqualTo(0x2a13dc38f144fc7bL);
    assertThat(CounterRandom.bits(-1, Stream.BLOCKS, -2, -3, -4)).isEqualTo(0x646580a0af035f89L);
    assertThat(
            CounterRandom.bits(
                0x0123456789abcdefL, Stream.SYNTHETIC, 0x7edcba9876543210L, 2147483647, 1))
        .isEqualTo(0x3ec98259d3970216L);
  }

  /** Numbers from the same program; its logarithm and cosine are those of the C library. */
  @Test
  void numbersAreThoseOfASecondImplementation() {
    assertThat(CounterRandom.uniform(42, Stream.BROWNIAN, 7, 3, 2)).isEqualTo(0.16436554327198738);
    assertThat(CounterRandom.normal(42, Stream.BROWNIAN, 7, 3, 2))
        .isEqualTo(0.07274363595297295, within(1e-15));
    assertThat(CounterRandom.normal(-1, Stream.BLOCKS, -2, -3, -4))
        .isEqualTo(0.5583485460101364, within(1e-15));
  }

  @Test
  void idsOfStreamsAreDistinctSoThatStreamsNeverMeet() {
    Set<Integer> ids = new HashSet<>();
    for (Stream stream : Stream.values()) {
      assertThat(ids.add(stream.id())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Coordinate.class)
  void uniformNumbersAlongEveryCoordinateAreUniform(Coordinate along) {
    double[] u = draw(along, 0, false);
    assertThat(KolmogorovSmirnov.statistic(u, x -> x))
        .isLessThan(KolmogorovSmirnov.ONE_IN_A_HUNDRED);
    assertThat(Arrays.stream(u).min().orElseThrow()).isGreaterThan(0);
    assertThat(Arrays.stream(u).max().orElseThrow()).isLessThan(1);
  }

  @ParameterizedTest
  @EnumSource(Coordinate.class)
  void normalNumbersAlongEveryCoordinateAreNormal(Coordinate along) {
    assertThat(KolmogorovSmirnov.statistic(draw(along, 0, true), KolmogorovSmirnov::normal))
        .isLessThan(KolmogorovSmirnov.ONE_IN_A_HUNDRED);
  }

  @Test
  void theDistributionTestDoesNotPassForNumbersSlightlyShiftedOrWide() {
    double[] z = draw(Coordinate.SAMPLE, 0, true);
    double[] shifted = Arrays.stream(z).map(x -> x + 0.02).toArray();
    double[] wide = Arrays.stream(z).map(x -> 1.03 * x).toArray();
    assertThat(KolmogorovSmirnov.statistic(shifted, KolmogorovSmirnov::normal))
        .isGreaterThan(KolmogorovSmirnov.ONE_IN_A_HUNDRED);
    assertThat(KolmogorovSmirnov.statistic(wide, KolmogorovSmirnov::normal))
        .isGreaterThan(KolmogorovSmirnov.ONE_IN_A_HUNDRED);
  }

  /** Published values: Abramowitz and Stegun, table 26.1. */
  @Test
  void theNormalDistributionOfTheTestAgreesWithTheTable() {
    assertThat(KolmogorovSmirnov.normal(1)).isEqualTo(0.841344746068543, within(1e-15));
    assertThat(KolmogorovSmirnov.normal(-2)).isEqualTo(0.022750131948179, within(1e-15));
  }

  @Test
  void momentsOfNormalNumbersAreThoseOfTheDistribution() {
    double[] z = draw(Coordinate.COMPONENT, 0, true);
    assertThat(Arrays.stream(z).average().orElseThrow())
        .isEqualTo(0, within(3 / Math.sqrt(N))); // variance 1
    assertThat(Arrays.stream(z).map(x -> x * x).average().orElseThrow())
        .isEqualTo(1, within(3 * Math.sqrt(2.0 / N)));
    assertThat(Arrays.stream(z).map(x -> x * x * x * x).average().orElseThrow())
        .isEqualTo(3, within(3 * Math.sqrt(96.0 / N)));
  }

  @ParameterizedTest
  @EnumSource(Coordinate.class)
  void neighboursAlongEveryCoordinateAreUncorrelated(Coordinate along) {
    double[] z = draw(along, 0, true);
    double[] next = draw(along, 1, true);
    assertThat(correlation(z, next)).isEqualTo(0, within(3 / Math.sqrt(N)));
    // squares: a dependence of sizes that leaves the signs alone
    assertThat(correlation(squares(z), squares(next))).isEqualTo(0, within(3 / Math.sqrt(N)));
  }

  @Test
  void theCorrelationTestDoesNotPassForOverlappingSums() {
    double[] z = draw(Coordinate.STEP, 0, true);
    double[] mixed = draw(Coordinate.STEP, 1, true);
    for (int i = 0; i < N; i++) {
      mixed[i] += 0.02 * z[i];
    }
    assertThat(Math.abs(correlation(z, mixed))).isGreaterThan(3 / Math.sqrt(N));
  }

  @Test
  void orderOfCallsAndThreadsDoNotChangeABit() {
    List<Integer> order = IntStream.range(0, N).boxed().collect(Collectors.toList());
    double[] expected = draw(Coordinate.SAMPLE, 0, true);
    Collections.reverse(order);
    double[] shuffled = new double[N];
    order.parallelStream()
        .forEach(i -> shuffled[i] = CounterRandom.normal(1, Stream.SYNTHETIC, i, 0, 0));
    assertThat(shuffled).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1000, Integer.MAX_VALUE})
  void integersBelowABoundStayBelowItAndReachBothEnds(int bound) {
    int smallest = Integer.MAX_VALUE;
    int largest = 0;
    for (int i = 0; i < 20_000; i++) {
      int drawn = CounterRandom.below(bound, 5, Stream.SYNTHETIC, i, 0, 0);
      smallest = Math.min(smallest, drawn);
      largest = Math.max(largest, drawn);
    }
    assertThat(smallest).isBetween(0, bound / 1000);
    assertThat(largest).isBetween(bound - 1 - bound / 1000, bound - 1);
  }

  @Test
  void aBoundOfZeroIsRefused() {
    assertThatThrownBy(() -> CounterRandom.below(0, 5, Stream.SYNTHETIC, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("bound is 0", "at least 1");
  }

  /** N numbers along a coordinate, which with a shift of 1 start from its second value. */
  private static double[] draw(Coordinate along, int shift, boolean normal) {
    double[] drawn = new double[N];
    Stream[] streams = Stream.values();
    for (int i = 0; i < N; i++) {
      int at = i + shift;
      boolean overStreams = along == Coordinate.STREAM;
      long seed = along == Coordinate.SEED ? at : 1;
      Stream stream = overStreams ? streams[at % streams.length] : Stream.SYNTHETIC;
      int sample = along == Coordinate.SAMPLE ? at : overStreams ? at / streams.length : 0;
      int step = along == Coordinate.STEP ? at : 0;
      int component = along == Coordinate.COMPONENT ? at : 0;
      drawn[i] =
          normal
              ? CounterRandom.normal(seed, stream, sample, step, component)
              : CounterRandom.uniform(seed, stream, sample, step, component);
    }
    return drawn;
  }

  private static double[] squares(double[] x) {
    return Arrays.stream(x).map(v -> v * v).toArray();
  }

  private static double correlation(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
