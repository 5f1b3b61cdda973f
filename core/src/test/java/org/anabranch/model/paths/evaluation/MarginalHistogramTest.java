package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.anabranch.model.paths.PathSet;
import org.junit.jupiter.api.Test;

class MarginalHistogramTest {
  @Test
  void sharesStandInCommonBinsAQuarterWiderThanTheRealValues() {
    PathSet real = OrnsteinUhlenbeck.given(line(0), line(1), line(3), line(4), line(Float.NaN));
    PathSet fake = OrnsteinUhlenbeck.given(line(-0.5f), line(0.5f), line(100), line(2.5f));
    MarginalHistogram histogram = MarginalHistogram.of(real, fake, 1, 0, 6);
    assertThat(histogram.from()).isEqualTo(-1);
    assertThat(histogram.to()).isEqualTo(5);
    assertThat(histogram.real()).containsExactly(0.0, 0.25, 0.25, 0.0, 0.25, 0.25);
    assertThat(histogram.fake()).containsExactly(0.25, 0.25, 0.0, 0.25, 0.0, 0.0);
    assertThat(histogram.distance()).isEqualTo(0.25);
  }

  @Test
  void valuesThatAreAllEqualHaveABin() {
    PathSet real = OrnsteinUhlenbeck.given(line(3), line(3));
    MarginalHistogram histogram = MarginalHistogram.of(real, real, 1, 0, 2);
    assertThat(histogram.real()).containsExactly(0.0, 1.0);
  }

  private static float[] line(float value) {
    return new float[] {0, value};
  }
}
