package org.anabranch.spark.job;

import org.anabranch.train.Evaluation;
import org.anabranch.train.TrainingListener;

/** How long it took until a first round was done, Spark's start and reading the data included. */
final class FirstRound implements TrainingListener {
  private final long started;
  private double seconds = Double.NaN;

  /**
   * Starts to wait.
   *
   * @param started of {@link System#nanoTime}
   */
  FirstRound(long started) {
    this.started = started;
  }

  double seconds() {
    return seconds;
  }

  @Override
  public void round(
      long round, long rounds, double loss, double accuracy, long samples, double ofTraining) {
    if (Double.isNaN(seconds)) {
      seconds = (System.nanoTime() - started) * 1e-9;
    }
  }

  @Override
  public void evaluated(long round, Evaluation evaluation) {}

  @Override
  public void repeated(String why) {}

  @Override
  public void warning(String sentence) {}
}
