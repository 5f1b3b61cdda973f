package org.anabranch.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run does, apart from the model and the data.
 *
 * @param batches which blocks form the mini-batch of a step
 * @param epochs how often every block is seen
 * @param evaluateEvery epochs between two evaluations on the test blocks; the last one always is
 * @param checkpointEvery rounds between two checkpoints; 0 for none
 * @param failureShare the largest share of a round's samples that may fail before the run stops
 * @param fingerprint of model, data and configuration: a checkpoint of another one is refused
 * @param averaging null where every step is a round, whose gradients are summed
 */
public record TrainingPlan(
    BatchPlan batches,
    int epochs,
    int evaluateEvery,
    int checkpointEvery,
    double failureShare,
    String fingerprint,
    @Nullable Averaging averaging) {
  public TrainingPlan {
    if (epochs < 1 || evaluateEvery < 1 || checkpointEvery < 0) {
      throw new IllegalArgumentException(
          "Training plan: epochs %d, evaluate every %d epochs, checkpoint every %d rounds. The first two must be at least 1, the last not negative."
              .formatted(epochs, evaluateEvery, checkpointEvery));
    }
    if (averaging != null && averaging.workers() > batches.blocks()) {
      throw new IllegalArgumentException(
          "Training plan: there are %d workers for %d blocks of training data. Use at most as many workers as blocks."
              .formatted(averaging.workers(), batches.blocks()));
    }
  }

  /** One whose rounds are steps. */
  public TrainingPlan(
      BatchPlan batches,
      int epochs,
      int evaluateEvery,
      int checkpointEvery,
      double failureShare,
      String fingerprint) {
    this(batches, epochs, evaluateEvery, checkpointEvery, failureShare, fingerprint, null);
  }

  /** The same steps in rounds of several, whose parameters are averaged. */
  public TrainingPlan withAveraging(Averaging mode) {
    return new TrainingPlan(
        batches, epochs, evaluateEvery, checkpointEvery, failureShare, fingerprint, mode);
  }

  /** The number of rounds of the whole run; the last may have fewer local steps than the others. */
  public long rounds() {
    return (steps() - 1) / stepsOfARound() + 1;
  }

  /** The mini-batches of a round, numbered from 0. */
  List<List<Integer>> stepsOf(long round) {
    return batches.batches(stepsAfter(round), stepsAfter(round + 1));
  }

  boolean evaluatesAfter(long round) {
    long period = (long) batches.roundsPerEpoch() * evaluateEvery;
    return stepsAfter(round) / period > stepsAfter(round - 1) / period || round == rounds();
  }

  /**
   * Checkpoints are of rounds that are whole, so that a run goes on in the same way whether or not
   * its epochs were once fewer.
   */
  boolean checkpointsAfter(long round) {
    return checkpointEvery > 0
        && isWhole(round)
        && (round % checkpointEvery == 0 || round == rounds() || !isWhole(round + 1));
  }

  private boolean isWhole(long round) {
    return round * stepsOfARound() <= steps();
  }

  private long steps() {
    return (long) epochs * batches.roundsPerEpoch();
  }

  private long stepsAfter(long round) {
    return Math.min(round * stepsOfARound(), steps());
  }

  private int stepsOfARound() {
    return averaging == null ? 1 : averaging.localSteps();
  }
}
