package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.KolmogorovSmirnov;
import org.anabranch.random.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The numbers as a sample of the normal distribution, with fixed seeds; bounds of three standard
 * errors where nothing else is said. The scalar kernels draw them: the others have their bits.
 */
class NormalBlocksTest {
  private static final int N = 1 << 20;
  private static final int ROWS = 1024;
  private static final int COMPONENTS = N / ROWS;

  /** STREAM is that of the kernel, an integer. */
  private enum Coordinate {
    SEED,
    STREAM,
    SAMPLE,
    STEP,
    COMPONENT
  }

  private final Kernels kernels = new ScalarKernels();
  private final NormalScratch scratch = new NormalScratch();

  /** Of 1024 samples 1024 components. */
  private double[] tile(long seed, int step) {
    long[] samples = new long[ROWS];
    Arrays.setAll(samples, i -> i);
    float[] out = new float[N];
    kernels.normals(
        seed, 8, step, ROWS, COMPONENTS, Kernels.stride(COMPONENTS), samples, 0, scratch, out, 0);
    return widened(out);
  }

  /** Along a coordinate, from its value {@code shift} on, N / 4 numbers of one component. */
  private double[] along(Coordinate along, int shift, int component) {
    float[] out = new float[16];
    double[] drawn = new double[N / 4];
    for (int i = 0; i < drawn.length; i++) {
      long[] sample = {along == Coordinate.SAMPLE ? i + shift : 7};
      long seed = along == Coordinate.SEED ? i + shift : 3;
      int stream = along == Coordinate.STREAM ? i + shift : 8;
      int step = along == Coordinate.STEP ? i + shift : 2;
      kernels.normals(seed, stream, step, 1, 4, 16, sample, 0, scratch, out, 0);
      drawn[i] = out[component];
    }
    return drawn;
  }

  /** Components one after another; the others as {@link #along} says. */
  private double[] drawn(Coordinate along, int shift) {
    if (along != Coordinate.COMPONENT) {
      return along(along, shift, 1);
    }
    float[] out = new float[N / 4 + 16];
    kernels.normals(
        3, 8, 2, 1, N / 4 + 1, Kernels.stride(N / 4 + 1), new long[] {7}, 0, scratch, out, 0);
    return widened(Arrays.copyOfRange(out, shift, shift + N / 4));
  }

  private static double[] widened(float[] x) {
    return KernelInputs.widened(x);
  }

  private static double mean(double[] z, DoubleUnaryOperator f) {
    return Arrays.stream(z).map(f).average().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, -3})
  void momentsAreThoseOfTheDistribution(long seed) {
    double[] z = tile(seed, 0);
    assertThat(mean(z, x -> x)).isEqualTo(0, within(3 / Math.sqrt(N)));
    assertThat(mean(z, x -> x * x)).isEqualTo(1, within(3 * Math.sqrt(2.0 / N)));
    assertThat(mean(z, x -> x * x * x)).isEqualTo(0, within(3 * Math.sqrt(15.0 / N)));
    assertThat(mean(z, x -> x * x * x * x)).isEqualTo(3, within(3 * Math.sqrt(96.0 / N)));
  }

  @ParameterizedTest
  @EnumSource
  void numbersAlongEveryCoordinateAreNormal(Coordinate along) {
    assertThat(KolmogorovSmirnov.statistic(drawn(along, 0), KolmogorovSmirnov::normal))
        .isLessThan(KolmogorovSmirnov.ONE_IN_A_HUNDRED);
  }

  @Test
  void aMillionNumbersAreNormal() {
    assertThat(KolmogorovSmirnov.statistic(tile(1, 0), KolmogorovSmirnov::normal))
        .isLessThan(KolmogorovSmirnov.ONE_IN_A_HUNDRED);
  }

  @Test
  void theDistributionTestDoesNotPassForNumbersSlightlyShiftedOrWide() {
    double[] z = tile(1, 0);
    double[] shifted = Arrays.stream(z).map(x -> x + 0.006).toArray();
    double[] wide = Arrays.stream(z).map(x -> 1.01 * x).toArray();
    assertThat(KolmogorovSmirnov.statistic(shifted, KolmogorovSmirnov::normal))
        .isGreaterThan(KolmogorovSmirnov.ONE_IN_A_HUNDRED);
    assertThat(KolmogorovSmirnov.statistic(wide, KolmogorovSmirnov::normal))
        .isGreaterThan(KolmogorovSmirnov.ONE_IN_A_HUNDRED);
  }

  /** Probabilities of both tails: Abramowitz and Stegun, table 26.1. */
  @Test
  void tailsAreAsHeavyAsTheDistributions() {
    double[] limits = {3, 4, 4.5};
    double[] expected = {2.699796e-3, 6.334248e-5, 6.795346e-6};
    double[] beyond = new double[limits.length];
    int tiles = 8;
    for (int step = 0; step < tiles; step++) {
      for (double z : tile(4, step)) {
        for (int i = 0; i < limits.length; i++) {
          beyond[i] += Math.abs(z) > limits[i] ? 1 : 0;
        }
      }
    }
    for (int i = 0; i < limits.length; i++) {
      double mean = expected[i] * N * tiles;
      assertThat(beyond[i]).isEqualTo(mean, within(3 * Math.sqrt(mean)));
    }
  }

  /** Of a block too, whose components share a radius two by two. */
  @ParameterizedTest
  @EnumSource
  void neighboursAlongEveryCoordinateAreUncorrelated(Coordinate along) {
    uncorrelated(drawn(along, 0), drawn(along, 1));
  }

  @Test
  void componentsOfABlockAreUncorrelated() {
    double[][] z = new double[4][];
    Arrays.setAll(z, component -> along(Coordinate.SAMPLE, 0, component));
    for (int i = 0; i < 4; i++) {
      for (int j = i + 1; j < 4; j++) {
        uncorrelated(z[i], z[j]);
      }
    }
  }

  @Test
  void numbersOfCounterRandomWithTheSameCoordinatesAreUncorrelated() {
    double[] others = new double[N / 4];
    Arrays.setAll(others, i -> CounterRandom.normal(3, Stream.SYNTHETIC, i, 2, 0));
    uncorrelated(along(Coordinate.SAMPLE, 0, 0), others); // stream 8 is SYNTHETIC's, too
  }

  @Test
  void theCorrelationTestDoesNotPassForOverlappingSums() {
    double[] z = drawn(Coordinate.STEP, 0);
    double[] mixed = drawn(Coordinate.STEP, 1);
    for (int i = 0; i < z.length; i++) {
      mixed[i] += 0.015 * z[i];
    }
    assertThat(Math.abs(correlation(z, mixed))).isGreaterThan(3 / Math.sqrt(z.length));
  }

  /** Squares too: a dependence of sizes that leaves the signs alone. */
  private static void uncorrelated(double[] x, double[] y) {
    double bound = 3 / Math.sqrt(x.length);
    assertThat(correlation(x, y)).isEqualTo(0, within(bound));
    assertThat(correlation(squares(x), squares(y))).isEqualTo(0, within(bound));
  }

  private static double[] squares(double[] x) {
    return Arrays.stream(x).map(v -> v * v).toArray();
  }

  private static double correlation(double[] x, double[] y) {
    double meanX = mean(x, v -> v);
    double meanY = mean(y, v -> v);
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
