package org.anabranch.train;

import java.util.List;

/** {@link Schedule#exponential}. */
record ExponentialSchedule(Decay decay) implements Schedule {
  ExponentialSchedule(double factor, long every) {
    this(new Decay(factor, every));
  }

  @Override
  public double factor(long round, List<Double> scores) {
    return decay.power((double) round / decay.every());
  }
}
