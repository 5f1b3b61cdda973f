package org.anabranch.train;

/**
 * What a run does, apart from the model and the data.
 *
 * @param batches which blocks form the mini-batch of a round
 * @param epochs how often every block is seen
 * @param evaluateEvery epochs between two evaluations on the test blocks; the last one always is
 * @param checkpointEvery rounds between two checkpoints; 0 for none
 * @param failureShare the largest share of a round's samples that may fail before the run stops
 * @param fingerprint of model, data and configuration: a checkpoint of another one is refused
 * @param schedule of the learning rate
 * @param selection of the result among the parameters that the run passes through
 */
public record TrainingPlan(
    BatchPlan batches,
    int epochs,
    int evaluateEvery,
    int checkpointEvery,
    double failureShare,
    String fingerprint,
    Schedule schedule,
    Selection selection) {
  public TrainingPlan {
    if (epochs < 1 || evaluateEvery < 1 || checkpointEvery < 0) {
      throw new IllegalArgumentException(
          "Training plan: epochs %d, evaluate every %d epochs, checkpoint every %d rounds. The first two must be at least 1, the last not negative."
              .formatted(epochs, evaluateEvery, checkpointEvery));
    }
  }

  /** A plan with a constant learning rate, whose result is the last parameters. */
  public TrainingPlan(
      BatchPlan batches,
      int epochs,
      int evaluateEvery,
      int checkpointEvery,
      double failureShare,
      String fingerprint) {
    this(
        batches,
        epochs,
        evaluateEvery,
        checkpointEvery,
        failureShare,
        fingerprint,
        Schedule.constant(),
        Selection.last());
  }

  /** The number of rounds of the whole run, unless it stops early. */
  public long rounds() {
    return (long) epochs * batches.roundsPerEpoch();
  }

  boolean evaluatesAfter(long round) {
    long perEpoch = batches.roundsPerEpoch();
    return round % (perEpoch * evaluateEvery) == 0 || round == rounds();
  }

  /** The epoch, from 1, that a number of rounds completes; 0 if it completes none. */
  long epochEndedBy(long round) {
    long perEpoch = batches.roundsPerEpoch();
    return round % perEpoch == 0 ? round / perEpoch : 0;
  }

  boolean validatesAfter(long round) {
    long epoch = epochEndedBy(round);
    return epoch > 0
        && selection.every() > 0
        && (epoch % selection.every() == 0 || epoch == epochs);
  }
}
