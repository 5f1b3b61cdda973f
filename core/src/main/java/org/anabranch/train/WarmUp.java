package org.anabranch.train;

import java.util.List;

/** {@link Schedule#warmedUp}. */
record WarmUp(Schedule schedule, long rounds) implements Schedule {
  WarmUp {
    if (rounds < 1) {
      throw new IllegalArgumentException(
          "Schedule: a warm-up of %d rounds. Use at least 1, or leave it out.".formatted(rounds));
    }
  }

  @Override
  public double factor(long round, List<Double> scores) {
    double factor = schedule.factor(round, scores);
    return round >= rounds ? factor : factor * ((double) (round + 1) / rounds);
  }
}
