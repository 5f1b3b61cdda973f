package org.anabranch.train;

import java.util.List;

/** {@link Schedule#plateau}. */
record PlateauSchedule(Decay decay, double lowest, Patience patience) implements Schedule {
  PlateauSchedule {
    if (!(lowest >= 0 && lowest <= 1)) {
      throw new IllegalArgumentException(
          "Schedule: plateaus down to %s of the learning rate. Use 0 to 1.".formatted(lowest));
    }
  }

  PlateauSchedule(double factor, double lowest, Patience patience) {
    this(new Decay(factor, 1), lowest, patience);
  }

  @Override
  public double factor(long round, List<Double> scores) {
    return Math.max(lowest, decay.power(patience.ends(scores)));
  }
}
