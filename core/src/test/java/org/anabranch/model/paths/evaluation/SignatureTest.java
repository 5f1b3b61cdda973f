package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SignatureTest {
  private static final Offset<Double> TIGHT = within(1e-12);

  @Test
  void ofAStraightPathIsTheExponentialOfItsIncrement() {
    Signature signature = new Signature(2, 4);
    double[] features = signature.of(new double[] {1, 1, 1.5, -1});
    assertThat(features).hasSize(2 + 4 + 8 + 16).hasSize(signature.size());
    double[] x = {0.5, -2};
    assertThat(at(features, 2, 1)).isCloseTo(-2, TIGHT);
    assertThat(at(features, 2, 0, 1)).isCloseTo(x[0] * x[1] / 2, TIGHT);
    assertThat(at(features, 2, 1, 0, 1)).isCloseTo(x[1] * x[0] * x[1] / 6, TIGHT);
    assertThat(at(features, 2, 0, 0, 1, 1)).isCloseTo(0.25 * 4 / 24, TIGHT);
  }

  @Test
  void ofAParabolaIsItsIteratedIntegrals() {
    // X = (t, t²): S(1,2) = ∫ t 2t dt = 2/3, S(2,1) = ∫ t² dt = 1/3, S(1,2,1) = ∫ ⅔t³ dt = 1/6,
    // S(1,2,1,2) = ∫ t⁴/6 2t dt = 1/18.
    int pieces = 2000;
    double[] points = new double[2 * (pieces + 1)];
    for (int i = 0; i <= pieces; i++) {
      double t = (double) i / pieces;
      points[2 * i] = t;
      points[2 * i + 1] = t * t;
    }
    double[] features = new Signature(2, 4).of(points);
    assertThat(at(features, 2, 0, 1)).isCloseTo(2 / 3.0, within(1e-6));
    assertThat(at(features, 2, 1, 0)).isCloseTo(1 / 3.0, within(1e-6));
    assertThat(at(features, 2, 0, 1, 0)).isCloseTo(1 / 6.0, within(1e-6));
    assertThat(at(features, 2, 0, 1, 0, 1)).isCloseTo(1 / 18.0, within(1e-6));
  }

  @Test
  void onePathAfterAnotherHasTheTensorProduct() {
    double[] points = walk(3, 9, 5);
    double[] first = new Signature(3, 3).of(Arrays.copyOfRange(points, 0, 5 * 3));
    double[] second = new Signature(3, 3).of(Arrays.copyOfRange(points, 4 * 3, 9 * 3));
    double[] both = new Signature(3, 3).of(points);
    for (int i = 0; i < 3; i++) {
      assertThat(at(both, 3, i)).isCloseTo(at(first, 3, i) + at(second, 3, i), TIGHT);
      for (int j = 0; j < 3; j++) {
        double level2 =
            at(first, 3, i, j) + at(first, 3, i) * at(second, 3, j) + at(second, 3, i, j);
        assertThat(at(both, 3, i, j)).isCloseTo(level2, TIGHT);
        for (int k = 0; k < 3; k++) {
          double level3 =
              at(first, 3, i, j, k)
                  + at(first, 3, i, j) * at(second, 3, k)
                  + at(first, 3, i) * at(second, 3, j, k)
                  + at(second, 3, i, j, k);
          assertThat(at(both, 3, i, j, k)).isCloseTo(level3, TIGHT);
        }
      }
    }
  }

  @Test
  void productsAreSumsOverShuffles() {
    double[] features = new Signature(2, 5).of(walk(2, 20, 7));
    assertThat(at(features, 2, 0) * at(features, 2, 1))
        .isCloseTo(at(features, 2, 0, 1) + at(features, 2, 1, 0), TIGHT);
    // 01 shuffled with 10: 0110 twice, 1001 twice, 0101 and 1010 once.
    assertThat(at(features, 2, 0, 1) * at(features, 2, 1, 0))
        .isCloseTo(
            2 * at(features, 2, 0, 1, 1, 0)
                + 2 * at(features, 2, 1, 0, 0, 1)
                + at(features, 2, 0, 1, 0, 1)
                + at(features, 2, 1, 0, 1, 0),
            within(1e-10));
    // 0 shuffled with 1111.
    double sum =
        at(features, 2, 0, 1, 1, 1, 1)
            + at(features, 2, 1, 0, 1, 1, 1)
            + at(features, 2, 1, 1, 0, 1, 1)
            + at(features, 2, 1, 1, 1, 0, 1)
            + at(features, 2, 1, 1, 1, 1, 0);
    assertThat(at(features, 2, 0) * at(features, 2, 1, 1, 1, 1)).isCloseTo(sum, within(1e-10));
  }

  @Test
  void pointsOnTheWayAndPausesChangeNothing() {
    double[] points = walk(2, 6, 11);
    double[] refined = new double[(5 * 4 + 2) * 2];
    int at = 0;
    for (int piece = 0; piece < 5; piece++) {
      for (double share : new double[] {0, 0.1, 0.1, 0.7}) {
        for (int i = 0; i < 2; i++) {
          double from = points[piece * 2 + i];
          refined[at++] = from + share * (points[piece * 2 + 2 + i] - from);
        }
      }
    }
    for (int end = 0; end < 2; end++) {
      refined[at++] = points[10];
      refined[at++] = points[11];
    }
    assertThat(new Signature(2, 5).of(refined))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(new Signature(2, 5).of(points));
  }

  @Test
  void knowsTheSenseInWhichALoopIsRun() {
    double[] square = {0, 0, 1, 0, 1, 1, 0, 1, 0, 0};
    double[] back = {0, 0, 0, 1, 1, 1, 1, 0, 0, 0};
    assertThat(area(new Signature(2, 2).of(square))).isCloseTo(1, TIGHT);
    assertThat(area(new Signature(2, 2).of(back))).isCloseTo(-1, TIGHT);
  }

  @Test
  void needsAChannelAndALevel() {
    assertThatThrownBy(() -> new Signature(2, 0)).hasMessageContaining("2 channels to depth 0");
  }

  private static double area(double[] features) {
    return (at(features, 2, 0, 1) - at(features, 2, 1, 0)) / 2;
  }

  /** The feature of a word. */
  private static double at(double[] features, int channels, int... word) {
    int offset = 0;
    int level = 1;
    for (int k = 1; k < word.length; k++) {
      level *= channels;
      offset += level;
    }
    int place = 0;
    for (int letter : word) {
      place = place * channels + letter;
    }
    return features[offset + place];
  }

  private static double[] walk(int channels, int points, long seed) {
    double[] walk = new double[channels * points];
    IntStream.range(0, walk.length)
        .forEach(i -> walk[i] = CounterRandom.normal(seed, Stream.SYNTHETIC, i, 0, 0));
    return walk;
  }
}
