package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BinomialScheduleTest {
  private static final int STEPS = 130;
  private static final int STATES = 9;

  /** The fewest steps taken again, by trying every place of the next state. */
  private static long[][] fewest() {
    long[][] fewest = new long[STATES + 1][STEPS + 1];
    for (int states = 1; states <= STATES; states++) {
      for (int steps = 2; steps <= STEPS; steps++) {
        long least = (long) steps * (steps - 1) / 2;
        for (int next = 1; states > 1 && next < steps; next++) {
          long taken = next + fewest[states - 1][steps - next] + fewest[states][next];
          least = Math.min(least, taken);
        }
        fewest[states][steps] = least;
      }
    }
    return fewest;
  }

  private static long taken(int steps, int states) {
    if (steps <= 1) {
      return 0;
    }
    if (states == 1) {
      return (long) steps * (steps - 1) / 2;
    }
    int next = BinomialSchedule.advance(steps, states);
    assertThat(next).isBetween(1, steps - 1);
    return next + taken(steps - next, states - 1) + taken(next, states);
  }

  @Test
  void noScheduleTakesFewerStepsAgain() {
    long[][] fewest = fewest();
    for (int states = 1; states <= STATES; states++) {
      for (int steps = 1; steps <= STEPS; steps++) {
        assertThat(taken(steps, states))
            .as("%d steps, %d states", steps, states)
            .isEqualTo(fewest[states][steps]);
      }
    }
  }

  @Test
  void repetitionsReachBinomiallyFar() {
    assertThat(BinomialSchedule.reach(1, 5)).isEqualTo(6);
    assertThat(BinomialSchedule.reach(3, 2)).isEqualTo(10);
    assertThat(BinomialSchedule.reach(10, 3)).isEqualTo(286);
    assertThat(BinomialSchedule.reach(40, 40)).isGreaterThan(Integer.MAX_VALUE);
  }
}
