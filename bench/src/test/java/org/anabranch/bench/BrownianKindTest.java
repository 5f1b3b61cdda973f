package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.graph.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What W4 compares are Brownian motions, every one. */
class BrownianKindTest {
  private static final int SAMPLES = 4000;
  private static final int QUERIES = 10;

  private static double[] ask(BrownianMotion motion, double start, double end) {
    Buffer buffer = new SimdBackend(WorkingPrecision.FLOAT64).buffer(Type.perSample(2), SAMPLES);
    double[] from = new double[SAMPLES];
    double[] to = new double[SAMPLES];
    Arrays.fill(from, start);
    Arrays.fill(to, end);
    motion.over(LongStream.range(0, SAMPLES).toArray(), from, to, buffer, null);
    double[] numbers = new double[2 * SAMPLES];
    buffer.get(numbers);
    return numbers;
  }

  private static double meanProduct(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum / x.length;
  }

  /** Variances are lengths, steps apart are not correlated, parts add up; four standard errors. */
  @ParameterizedTest
  @EnumSource
  void incrementsHaveTheirVariancesAndAddUp(BrownianKind kind) {
    BrownianMotion motion = kind.of(3, 1, 2, false, QUERIES, 0);
    double[] first = ask(motion, 0, 0.1);
    double[] second = ask(motion, 0.1, 0.2);
    double[] both = ask(motion, 0, 0.2);
    double error = 4 * 0.1 * Math.sqrt(2.0 / first.length);
    assertThat(meanProduct(first, first)).isCloseTo(0.1, within(error));
    assertThat(meanProduct(second, second)).isCloseTo(0.1, within(error));
    assertThat(meanProduct(first, second)).isCloseTo(0, within(error));
    for (int i = 0; i < both.length; i++) {
      assertThat(first[i] + second[i]).isCloseTo(both[i], within(1e-12));
    }
    assertThat(ask(motion, 0.1, 0.2)).containsExactly(second);
  }

  @Test
  void theTreeHasNoAreas() {
    BrownianMotion tree = BrownianKind.TREE.of(1, 1, 1, false, QUERIES, 0);
    Buffer buffer = new SimdBackend().buffer(Type.perSample(1), 1);
    assertThatThrownBy(
            () -> tree.over(new long[] {0}, new double[] {0}, new double[] {1}, buffer, buffer))
        .hasMessageContaining("no areas");
  }
}
