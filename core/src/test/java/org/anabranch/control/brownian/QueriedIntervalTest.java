package org.anabranch.control.brownian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.graph.Type;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A motion that splits where it is asked: laws, repeats, growth. */
class QueriedIntervalTest {
  private static final int PATHS = 20_000;

  private static double uniform(int number) {
    return CounterRandom.uniform(11, Stream.SYNTHETIC, 0, 0, number);
  }

  private static QueriedInterval interval(int motions) {
    return new QueriedInterval(4, -1, 3, motions);
  }

  private static QueriedInterval withoutAreas(int motions) {
    return new QueriedInterval(4, -1, 3, motions, false, QueriedInterval.KEPT, 0);
  }

  private static double[] pair(int number) {
    double[] times = {-1 + 4 * uniform(2 * number), -1 + 4 * uniform(2 * number + 1)};
    Arrays.sort(times);
    return times;
  }

  @Test
  void partsAddUpInAnyOrder() {
    QueriedInterval motion = interval(2);
    for (int number = 0; number < 300; number++) {
      double[] t = {pair(2 * number)[0], pair(2 * number)[1], pair(2 * number + 1)[0]};
      Arrays.sort(t);
      Laws.requireAdditive(motion, t);
    }
  }

  /** Most of 700 intervals were given up: what is drawn anew has the bits that it had. */
  @Test
  void askedAgainItHasTheSameBits() {
    QueriedInterval motion = interval(3);
    List<Asked> before = new ArrayList<>();
    for (int number = 0; number < 700; number++) {
      before.add(Asked.of(motion, 5, pair(number)[0], pair(number)[1]));
    }
    long drawn = motion.drawn();
    // Intervals are pieces of a finer tree now: the sums of these are the sums of those.
    List<Asked> settled = new ArrayList<>();
    for (int number = 0; number < 700; number++) {
      settled.add(Asked.of(motion, 5, pair(number)[0], pair(number)[1]));
    }
    for (int i = 0; i < 700; i++) {
      int number = (i * 387 + 11) % 700;
      Asked again = Asked.of(motion, 5, pair(number)[0], pair(number)[1]);
      assertThat(again.w()).containsExactly(settled.get(number).w());
      assertThat(again.h()).containsExactly(settled.get(number).h());
      for (int m = 0; m < 3; m++) {
        assertThat(again.w()[m]).isCloseTo(before.get(number).w()[m], within(1e-12));
      }
    }
    assertThat(motion.drawn()).isGreaterThan(drawn + 1400); // it was not all kept
    assertThat(motion.kept()).isEqualTo(QueriedInterval.KEPT);
  }

  private static double[][] thereAndBack(QueriedInterval motion, int steps) {
    double[][] there = new double[steps][];
    double[][] back = new double[steps][];
    for (int i = 0; i < 2 * steps; i++) {
      int step = i < steps ? i : 2 * steps - 1 - i;
      double from = -1 + step * (4.0 / steps);
      double to = step + 1 == steps ? 3 : -1 + (step + 1) * (4.0 / steps);
      Asked asked = Asked.of(motion, 9, from, to);
      (i < steps ? there : back)[step] = new double[] {asked.w()[0], asked.h()[0]};
    }
    assertThat(back).isDeepEqualTo(there);
    return there;
  }

  /** A pure function of seed, sample and what was asked; there and back to the bit. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 1000})
  void aSolveHasTheSamePathThereAndBackAndNextTime(int steps) {
    double[][] path = thereAndBack(interval(1), steps);
    assertThat(thereAndBack(interval(1), steps)).isDeepEqualTo(path);
    double variance = Arrays.stream(path).mapToDouble(x -> x[0] * x[0]).sum();
    assertThat(variance).isCloseTo(4, within(4 * 4 * Math.sqrt(2.0 / steps)));
  }

  /** Intervals drawn a question: measured, and growing as the logarithm of the steps at most. */
  @Test
  void stepsThereAndBackTakeFewBridgesEach() {
    Map<Integer, Double> measured = Map.of(100, 0.99, 1000, 1.17, 10_000, 1.37, 100_000, 1.54);
    measured.forEach(
        (steps, each) -> {
          QueriedInterval motion = interval(1);
          thereAndBack(motion, steps);
          assertThat(motion.drawn() / (2.0 * steps)).isLessThan(1.01 * each);
          assertThat(motion.kept()).isLessThanOrEqualTo(QueriedInterval.KEPT);
        });
  }

  @Test
  void incrementsAndAreasHaveTheirLaws() {
    double[] w = new double[PATHS];
    double[] h = new double[PATHS];
    double[] beside = new double[PATHS];
    double[] besideArea = new double[PATHS];
    double[] bridge = new double[PATHS];
    long[] samples = new long[PATHS];
    for (int i = 0; i < PATHS; i++) {
      samples[i] = i;
    }
    QueriedInterval motion = interval(1);
    Laws.ask(motion, samples, -0.3, 0.2, w, h);
    Laws.ask(motion, samples, 0.2, 1.9, beside, besideArea);
    for (int path = 0; path < PATHS; path++) {
      bridge[path] = w[path] - (w[path] + beside[path]) * 0.5 / 2.2;
    }
    Laws.requireNormal(w, Math.sqrt(0.5));
    Laws.requireNormal(h, Math.sqrt(0.5 / 12));
    Laws.requireNormal(beside, Math.sqrt(1.7));
    Laws.requireNormal(besideArea, Math.sqrt(1.7 / 12));
    Laws.requireNormal(bridge, Math.sqrt(0.5 * 1.7 / 2.2));
    Laws.requireUncorrelated(w, h, beside, besideArea);
  }

  /** Without areas by another bridge, and another path. */
  @Test
  void withoutAreasIncrementsHaveTheirLawsToo() {
    double[] w = new double[PATHS];
    double[] beside = new double[PATHS];
    long[] samples = new long[PATHS];
    for (int i = 0; i < PATHS; i++) {
      samples[i] = -i;
    }
    QueriedInterval motion = withoutAreas(1);
    Laws.ask(motion, samples, 0.1, 0.2, w, null);
    Laws.ask(motion, samples, -1, 0.1, beside, null);
    Laws.requireNormal(w, Math.sqrt(0.1));
    Laws.requireNormal(beside, Math.sqrt(1.1));
    Laws.requireUncorrelated(w, beside);
    Buffer one = new ReferenceBackend().buffer(Type.perSample(1), 1);
    assertThatThrownBy(
            () -> motion.over(new long[] {1}, new double[] {0}, new double[] {1}, one, one))
        .hasMessageContaining("made without areas");
  }

  /** In float32 of lanes and in float64, alone and beside others, dense and in padded rows. */
  @Test
  void aSamplesNumbersAreItsOwn() {
    for (int motions : new int[] {1, 3, 16}) {
      Type type = Type.perSample(motions);
      long[] samples = {7, 2, 9, 1L << 40};
      double[] from = {0.3, 0.3, 0.3, 0.3};
      double[] to = {0.7, 0.7, 0.7, 0.7};
      Buffer wide = new ReferenceBackend().buffer(type, 4);
      Buffer narrow = new SimdBackend().buffer(type, 4);
      interval(motions).over(samples, from, to, wide, null);
      interval(motions).over(samples, from, to, narrow, null);
      double[] all = new double[4 * motions];
      double[] rounded = new double[4 * motions];
      wide.get(all);
      narrow.get(rounded);
      for (int row = 0; row < 4; row++) {
        double[] alone = Asked.of(interval(motions), samples[row], 0.3, 0.7).w();
        for (int i = 0; i < motions; i++) {
          assertThat(all[row * motions + i]).isEqualTo(alone[i]);
          assertThat(rounded[row * motions + i]).isEqualTo((float) alone[i]);
        }
      }
    }
  }

  /** Another batch in between: the tree stays, so numbers that were asked for come back. */
  @Test
  void otherSamplesInBetweenChangeNothing() {
    QueriedInterval motion = interval(2);
    Asked before = Asked.of(motion, 5, 0, 1);
    Asked.of(motion, 6, 0, 0.5);
    Asked other = Asked.of(motion, 6, 0, 1);
    Asked again = Asked.of(motion, 5, 0, 1);
    assertThat(again.w()[0]).isCloseTo(before.w()[0], within(1e-14)).isNotEqualTo(other.w()[0]);
  }

  @Test
  void hostileQuestionsAreToldOfOrTakenForTheNearest() {
    QueriedInterval motion = interval(1);
    assertThat(Asked.of(motion, 0, 1, Math.nextUp(3.0)).w())
        .containsExactly(Asked.of(motion, 0, 1, 3).w());
    assertThat(Asked.of(motion, 0, 1, 1).w()).containsOnly(0);
    double ulp = Asked.of(motion, 0, 1, Math.nextUp(1.0)).w()[0];
    assertThat(Math.abs(ulp)).isBetween(0.0, 7 * Math.sqrt(Math.ulp(1.0)));
    for (double time : new double[] {Double.NaN, 3.1, -1.5, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Asked.of(motion, 0, 1, time))
          .hasMessageContaining(time + " is not within its span, from -1.0 to 3.0");
    }
    Buffer two = new ReferenceBackend().buffer(Type.perSample(1), 2);
    assertThatThrownBy(
            () ->
                motion.over(new long[] {1, 2}, new double[] {0, 0}, new double[] {1, 2}, two, null))
        .hasMessageContaining("dyadic BrownianInterval");
    assertThatThrownBy(() -> new QueriedInterval(1, 2, 2, 1)).hasMessageContaining("from 2.0 to 2");
    assertThatThrownBy(() -> new QueriedInterval(1, 0, 1, 1, true, 3, 0))
        .hasMessageContaining("3 intervals kept");
  }

  /** A million steps of one ulp to a whole: no deep stack, no piling up of numbers. */
  @Test
  void aMillionQuestionsKeepFewNumbers() {
    QueriedInterval motion = withoutAreas(1);
    Buffer one = new ReferenceBackend().buffer(Type.perSample(1), 1);
    double[] number = new double[1];
    double sum = 0;
    for (int i = 0; i < 1_000_000; i++) {
      double[] from = {i * 1e-6};
      double[] to = {(i + 1) * 1e-6};
      motion.over(new long[] {1}, from, to, one, null);
      one.get(number);
      sum += number[0];
    }
    motion.over(new long[] {1}, new double[] {0}, new double[] {1_000_000 * 1e-6}, one, null);
    one.get(number);
    assertThat(sum).isCloseTo(number[0], within(1e-10));
    assertThat(motion.kept()).isLessThanOrEqualTo(QueriedInterval.KEPT);
  }
}
