package org.anabranch.control.brownian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A path of straight pieces: increments, and areas against sums over a fine grid. */
class GivenMotionTest {
  private static final double[] TIMES = {-1, 0, 0.5, 3};
  private static final double[][][] PATHS = {
    {{0, 1}, {2, -1}, {-1, 4}, {0.5, 0}}, {{1, 1}, {1, 1}, {1, 1}, {1, 2}}
  };

  private static GivenMotion motion() {
    return new GivenMotion(TIMES, PATHS);
  }

  @Test
  void incrementsAreThoseOfThePath() {
    assertThat(Asked.of(motion(), 0, -1, 0.5).w()).containsExactly(-1, 3);
    assertThat(Asked.of(motion(), 0, 0.5, -1).w()).containsExactly(1, -3);
    assertThat(Asked.of(motion(), 1, 0.5, 3).w()).containsExactly(0, 1);
    assertThat(Asked.of(motion(), 0, -0.5, 0.25).w()).containsExactly(-0.5, 1.5);
    assertThat(Asked.of(motion(), 0, 0.3, 0.3).h()).containsExactly(0, 0);
  }

  /** H by its definition, of the midpoint rule on 3000 pieces: the path bends at two of them. */
  @ParameterizedTest
  @CsvSource({"-1, 3", "-0.5, 0.25", "0.5, -1", "0.1, 0.2", "2.9, -0.9"})
  void areasAreThoseOfThePath(double from, double to) {
    GivenMotion motion = motion();
    Asked asked = Asked.of(motion, 0, from, to);
    for (int m = 0; m < 2; m++) {
      double sum = 0;
      int pieces = 3000;
      for (int i = 0; i < pieces; i++) {
        double share = (i + 0.5) / pieces;
        double time = from + share * (to - from);
        sum += (Asked.of(motion, 0, from, time).w()[m] - share * asked.w()[m]) / pieces;
      }
      assertThat(asked.h()[m]).isCloseTo(sum, within(1e-5));
    }
  }

  @Test
  void faultyPathsAreToldOf() {
    double[][][] short1 = {{{0}, {1}}};
    assertThatThrownBy(() -> new GivenMotion(TIMES, short1))
        .hasMessageContaining("sample 0 has values at 2 times, of 4");
    double[][][] missing = {{{0}, {Double.NaN}, {0}, {0}}};
    assertThatThrownBy(() -> new GivenMotion(TIMES, missing))
        .hasMessageContaining("motion 0 of sample 0 is NaN at time 1");
    assertThatThrownBy(() -> new GivenMotion(new double[] {0, 0}, short1))
        .hasMessageContaining("time 1 is 0.0, after 0.0");
    assertThatThrownBy(() -> Asked.of(motion(), 0, 0, 4)).hasMessageContaining("4.0 is not within");
    assertThatThrownBy(() -> Asked.of(motion(), 2, 0, 1))
        .hasMessageContaining("sample 2 has no path; there are those of samples 0 to 1");
  }
}
