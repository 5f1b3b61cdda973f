package org.anabranch.train;

import java.util.List;

/** {@link Schedule#step}. */
record StepSchedule(Decay decay) implements Schedule {
  StepSchedule(double factor, long every) {
    this(new Decay(factor, every));
  }

  @Override
  public double factor(long round, List<Double> scores) {
    long steps = round / decay.every();
    return decay.power((double) steps);
  }
}
