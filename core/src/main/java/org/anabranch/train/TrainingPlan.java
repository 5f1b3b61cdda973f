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
 */
public record TrainingPlan(
    BatchPlan batches,
    int epochs,
    int evaluateEvery,
    int checkpointEvery,
    double failureShare,
    String fingerprint) {
  public TrainingPlan {
    if (epochs < 1 || evaluateEvery < 1 || checkpointEvery < 0) {
      throw new IllegalArgumentException(
          "Training plan: epochs %d, evaluate every %d epochs, checkpoint every %d rounds. The first two must be at least 1, the last not negative."
              .formatted(epochs, evaluateEvery, checkpointEvery));
    }
  }

  /** The number of rounds of the whole run. */
  public long rounds() {
    return (long) epochs * batches.roundsPerEpoch();
  }

  boolean evaluatesAfter(long round) {
    long perEpoch = batches.roundsPerEpoch();
    return round % (perEpoch * evaluateEvery) == 0 || round == rounds();
  }
}
