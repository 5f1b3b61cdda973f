package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LorenzPathsTest {
  @Test
  void pathsAreStandardisedAndOfDifferentNoise(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("lorenz.safetensors");
    LorenzPaths.write(file);
    float[] train = LorenzPaths.read(file, "train");
    float[] test = LorenzPaths.read(file, "test");
    assertThat(train).hasSize(LorenzPaths.TRAIN * 300);
    assertThat(test).hasSize(LorenzPaths.TEST * 300);
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      double squares = 0;
      for (int i = channel; i < train.length; i += 3) {
        sum += train[i];
        squares += train[i] * train[i];
      }
      double mean = sum * 3 / train.length;
      assertThat(mean).isCloseTo(0, within(0.1));
      assertThat(squares * 3 / train.length - mean * mean).isCloseTo(1, within(0.1));
    }
    assertThat(test[0]).isNotEqualTo(train[0]);
  }

  /** The attractor's third coordinate is positive once paths have reached it, within about 1. */
  @Test
  void pathsReachTheAttractor() {
    double[] values = LorenzPaths.simulated(50);
    int positive = 0;
    for (int path = 0; path < 50; path++) {
      for (int time = 50; time < 100; time++) {
        positive += values[(path * 100 + time) * 3 + 2] > 0 ? 1 : 0;
      }
    }
    assertThat(positive).isGreaterThan(50 * 50 * 9 / 10);
  }
}
