package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anabranch.model.paths.PathSet;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private static final OrnsteinUhlenbeck LAW = OrnsteinUhlenbeck.USUAL;
  private static final NetworkOptions OPTIONS = NetworkOptions.defaults().withSteps(300);

  @Test
  void cannotTellPathsOfOneLaw() {
    Classification found = against(LAW, 5);
    assertThat(found.testPaths()).isEqualTo(400);
    assertThat(found.accuracy()).isCloseTo(0.5, within(4 * found.standardError()));
    assertThat(found.loss()).isGreaterThan(0.65);
  }

  @Test
  void tellsPathsThatAreMuchRougher() {
    // The same marginals; neighbours are correlated by 0.61 instead of 0.88.
    Classification found = against(new OrnsteinUhlenbeck(4, 0, 2, 33), 5);
    assertThat(found.accuracy()).isGreaterThan(0.9);
    assertThat(found.loss()).isLessThan(0.3);
  }

  @Test
  void theBitsDependOnTheSeedAlone() {
    NetworkOptions brief = OPTIONS.withSteps(10);
    assertThat(against(LAW, 5, brief)).isEqualTo(against(LAW, 5, brief));
    assertThat(against(LAW, 5, brief)).isNotEqualTo(against(LAW, 6, brief));
  }

  private static Classification against(OrnsteinUhlenbeck other, long seed) {
    return against(other, seed, OPTIONS);
  }

  private static Classification against(
      OrnsteinUhlenbeck other, long seed, NetworkOptions options) {
    PathSet train = LAW.paths(400, 1);
    return Classification.of(
        train,
        LAW.paths(500, 2),
        other.paths(500, 3),
        other.paths(400, 4),
        ReadPaths.scales(train),
        options,
        seed);
  }
}
