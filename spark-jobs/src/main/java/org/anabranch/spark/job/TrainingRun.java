package org.anabranch.spark.job;

/** What {@code train} does once the configuration is known to be valid. */
@FunctionalInterface
interface TrainingRun {
  /**
   * Trains, and leaves the results in the folder that the configuration names.
   *
   * @return an {@link ExitCode}
   * @throws Mistake if the user can put it right
   */
  int run(TrainingConfiguration configuration, RunOptions options) throws Exception;
}
