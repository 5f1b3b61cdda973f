package org.anabranch.train;

/** Hears of a run's progress, on the thread that trains. */
public interface TrainingListener {
  /**
   * A round is done.
   *
   * @param round from 1
   * @param rounds of the whole run
   * @param loss the mean over the round's samples, before the update
   * @param accuracy likewise; NaN where nothing is classified
   * @param samples seen by this process so far
   * @param seconds since this process began to train
   */
  void round(long round, long rounds, double loss, double accuracy, long samples, double seconds);

  /** The learning rate of the last step of the round that is told of next. */
  default void learningRate(double rate) {
    // most only look at what it led to
  }

  /** The test blocks were evaluated after a round. */
  void evaluated(long round, Evaluation evaluation);

  /** The validation blocks were evaluated after a round. */
  void validated(long round, Evaluation evaluation);

  /** A round is computed again, and why. */
  void repeated(String why);

  /** Something that the user should know, a sentence. */
  void warning(String sentence);
}
