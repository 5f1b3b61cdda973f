package org.anabranch.control.brownian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Type;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.junit.jupiter.api.Test;

/** More questions, and more samples, than a Brownian Interval keeps anything of. */
class HostileBrownianTest {
  private static double uniform(int number) {
    return CounterRandom.uniform(9, Stream.SYNTHETIC, 0, 1, number);
  }

  private static long liveBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void ask(BrownianInterval motion, int from, int to) {
    Buffer w = new ReferenceBackend().buffer(Type.perSample(1), 1);
    for (int number = from; number < to; number++) {
      double time = Math.floor(1000 * uniform(number)) / 1024;
      double end = time + 1.0 / 1024; // ten halves down
      motion.over(new long[] {number}, new double[] {time}, new double[] {end}, w, null);
    }
  }

  /** A million questions of as many samples: a list of them would take 100 MB. */
  @Test
  void memoryDoesNotGrowWithQuestions() {
    BrownianInterval motion = new BrownianInterval(2, 0, 1, 1);
    long empty = liveBytes();
    ask(motion, 0, 10_000);
    long filled = liveBytes();
    ask(motion, 10_000, 1_000_000);
    long later = liveBytes();
    assertThat(later - filled).isLessThan(10_000_000);
    assertThat(filled - empty).isLessThan(100_000_000);
    assertThat(motion.halvings()).isPositive();
  }

  private static double[][] all(BrownianInterval motion, int samples, double from, double to) {
    Type type = Type.perSample(2);
    Buffer w = new ReferenceBackend().buffer(type, samples);
    Buffer h = new ReferenceBackend().buffer(type, samples);
    double[] starts = new double[samples];
    double[] ends = new double[samples];
    for (int row = 0; row < samples; row++) {
      starts[row] = from + 1e-4 * (row % 97);
      ends[row] = to - 1e-4 * (row % 89);
    }
    motion.over(LongStream.range(0, samples).toArray(), starts, ends, w, h);
    double[][] numbers = {new double[2 * samples], new double[2 * samples]};
    w.get(numbers[0]);
    h.get(numbers[1]);
    return numbers;
  }

  /** What is kept of samples by themselves is dropped in the midst of every question here. */
  @Test
  void samplesBeyondTheCapHaveTheNumbersThatTheyHaveAlone() {
    int samples = 10_000;
    BrownianInterval motion = new BrownianInterval(6, 0, 1, 2);
    double[][] first = all(motion, samples, 0.2, 0.7);
    all(motion, samples, 0.6, 0.9);
    double[][] again = all(motion, samples, 0.2, 0.7);
    assertThat(again[0]).containsExactly(first[0]);
    assertThat(again[1]).containsExactly(first[1]);
    for (int sample = 0; sample < samples; sample += 501) {
      Asked alone =
          Asked.of(
              new BrownianInterval(6, 0, 1, 2),
              sample,
              0.2 + 1e-4 * (sample % 97),
              0.7 - 1e-4 * (sample % 89));
      assertThat(first[0][2 * sample]).isEqualTo(alone.w()[0]);
      assertThat(first[1][2 * sample + 1]).isEqualTo(alone.h()[1]);
    }
  }

  @Test
  void anIntervalAskedTwiceAndBackwardsIsTheSame() {
    BrownianInterval motion = new BrownianInterval(6, -3, 5, 3);
    for (int number = 0; number < 500; number++) {
      double from = -3 + 8 * uniform(3 * number);
      double to = -3 + 8 * uniform(3 * number + 1);
      Asked once = Asked.of(motion, 4, from, to);
      Asked twice = Asked.of(motion, 4, from, to);
      Asked.of(motion, 4, -3 + 8 * uniform(3 * number + 2), 5);
      Asked back = Asked.of(motion, 4, to, from);
      for (int i = 0; i < 3; i++) {
        assertThat(twice.w()[i]).isEqualTo(once.w()[i]);
        assertThat(twice.h()[i]).isEqualTo(once.h()[i]);
        assertThat(back.w()[i]).isEqualTo(-once.w()[i]);
        assertThat(back.h()[i]).isEqualTo(once.h()[i]);
      }
    }
  }
}
