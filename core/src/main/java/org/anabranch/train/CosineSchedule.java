package org.anabranch.train;

import java.util.List;

/** {@link Schedule#cosine}. */
record CosineSchedule(double lowest, long rounds) implements Schedule {
  CosineSchedule {
    if (!(lowest >= 0 && lowest <= 1) || rounds < 1) {
      throw new IllegalArgumentException(
          "Schedule: a cosine down to %s over %d rounds. Use 0 to 1, and at least 1 round."
              .formatted(lowest, rounds));
    }
  }

  @Override
  public double factor(long round, List<Double> scores) {
    if (round >= rounds) {
      return lowest;
    }
    double cosine = StrictMath.cos(StrictMath.PI * round / rounds); // it reaches parameters
    return lowest + (1 - lowest) * (1 + cosine) / 2;
  }
}
