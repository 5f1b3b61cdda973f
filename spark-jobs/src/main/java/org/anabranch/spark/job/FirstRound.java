package org.anabranch.spark.job;

import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;
import org.anabranch.train.Evaluation;
import org.anabranch.train.TrainingListener;

/** How long after the start of the virtual machine a first round was done. */
final class FirstRound implements TrainingListener {
  private final DoubleSupplier clock;
  private double seconds = Double.NaN;

  /**
   * Waits for a round.
   *
   * @param clock seconds since the virtual machine started
   */
  FirstRound(DoubleSupplier clock) {
    this.clock = clock;
  }

  /** On the clock of this virtual machine. */
  static FirstRound ofThisMachine() {
    return new FirstRound(() -> ManagementFactory.getRuntimeMXBean().getUptime() * 1e-3);
  }

  /** NaN before the first round. */
  double seconds() {
    return seconds;
  }

  @Override
  public void round(
      long round, long rounds, double loss, double accuracy, long samples, double ofTraining) {
    if (Double.isNaN(seconds)) {
      seconds = clock.getAsDouble();
    }
  }

  @Override
  public void evaluated(long round, Evaluation evaluation) {}

  @Override
  public void validated(long round, Evaluation evaluation) {}

  @Override
  public void repeated(String why) {}

  @Override
  public void warning(String sentence) {}
}
