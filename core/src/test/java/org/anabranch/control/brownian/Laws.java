package org.anabranch.control.brownian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Type;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.jspecify.annotations.Nullable;

/** What numbers of many samples must look like. */
final class Laws {
  private Laws() {}

  /** One motion's numbers of many samples over an interval. */
  static void ask(
      BrownianMotion motion,
      long[] samples,
      double from,
      double to,
      double[] w,
      double @Nullable [] h) {
    Buffer increments = new ReferenceBackend().buffer(Type.perSample(1), samples.length);
    Buffer areas = new ReferenceBackend().buffer(Type.perSample(1), samples.length);
    double[] starts = new double[samples.length];
    double[] ends = new double[samples.length];
    Arrays.fill(starts, from);
    Arrays.fill(ends, to);
    motion.over(samples, starts, ends, increments, h == null ? null : areas);
    increments.get(w);
    if (h != null) {
      areas.get(h);
    }
  }

  /** A chance of one in a thousand of being wrong, for seeds that were not chosen. */
  static void requireNormal(double[] numbers, double deviation) {
    NormalDistribution expected = new NormalDistribution(0, deviation);
    assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(expected, numbers))
        .isGreaterThan(1e-3);
  }

  /**
   * Increments and areas of sample 5 over two adjacent intervals make those over both, and back.
   */
  static void requireAdditive(BrownianMotion motion, double[] t) {
    Asked late = Asked.of(motion, 5, t[1], t[2]);
    Asked all = Asked.of(motion, 5, t[0], t[2]);
    Asked early = Asked.of(motion, 5, t[0], t[1]);
    Asked back = Asked.of(motion, 5, t[2], t[0]);
    for (int i = 0; i < motion.motions(); i++) {
      assertThat(early.w()[i] + late.w()[i]).isCloseTo(all.w()[i], within(1e-12));
      double joined =
          early.integral(i, t[1] - t[0])
              + late.integral(i, t[2] - t[1])
              + (t[2] - t[1]) * early.w()[i];
      assertThat(joined).isCloseTo(all.integral(i, t[2] - t[0]), within(1e-12));
      assertThat(back.w()[i]).isEqualTo(-all.w()[i]);
      assertThat(back.h()[i]).isEqualTo(all.h()[i]);
    }
  }

  /** Four standard errors, each with each. */
  static void requireUncorrelated(double[]... numbers) {
    for (int i = 0; i < numbers.length; i++) {
      for (int j = 0; j < i; j++) {
        double correlation = new PearsonsCorrelation().correlation(numbers[i], numbers[j]);
        assertThat(Math.abs(correlation)).isLessThan(4 / Math.sqrt(numbers[i].length));
      }
    }
  }
}
