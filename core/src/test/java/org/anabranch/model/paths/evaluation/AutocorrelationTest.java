package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.model.paths.PathSet;
import org.junit.jupiter.api.Test;

class AutocorrelationTest {
  private static final OrnsteinUhlenbeck LAW = new OrnsteinUhlenbeck(2, 5, 1, 33);

  @Test
  void ofAnAutoregressionIsAPowerOfItsPersistence() {
    List<Double> found = Autocorrelation.of(LAW.paths(4000, 1), 0, 8);
    assertThat(found).hasSize(9);
    for (int lag = 0; lag <= 8; lag++) {
      double expected = Math.pow(LAW.persistence(), lag);
      assertThat(found.get(lag)).as("lag %d", lag).isCloseTo(expected, within(0.02));
    }
  }

  @Test
  void gapsDoNotBiasIt() {
    PathSet gaps = OrnsteinUhlenbeck.withGaps(LAW.paths(4000, 1), 0.4, 9);
    assertThat(Autocorrelation.of(gaps, 0, 4).get(4))
        .isCloseTo(Math.pow(LAW.persistence(), 4), within(0.02));
  }

  @Test
  void aTrendThatAllPathsShareIsNoCorrelation() {
    float[][] paths = new float[2000][10];
    OrnsteinUhlenbeck white = new OrnsteinUhlenbeck(1000, 0, 1, 10);
    PathSet noise = white.paths(2000, 3);
    for (int path = 0; path < paths.length; path++) {
      for (int time = 0; time < 10; time++) {
        paths[path][time] = noise.value(path, time, 0) + time;
      }
    }
    assertThat(Autocorrelation.of(OrnsteinUhlenbeck.given(paths), 0, 1).get(1))
        .isCloseTo(0, within(0.02));
  }

  @Test
  void isUnknownWhereNothingVaries() {
    PathSet constant = OrnsteinUhlenbeck.given(new float[] {1, 1}, new float[] {1, 1});
    assertThat(Autocorrelation.of(constant, 0, 9)).containsExactly(Double.NaN, Double.NaN);
  }
}
