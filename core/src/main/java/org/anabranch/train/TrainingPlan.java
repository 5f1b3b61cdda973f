package org.anabranch.train;

import java.util.ArrayList;
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
 * @param schedule of the learning rate, by the steps
 * @param selection of the result among the parameters that the run passes through
 * @param averaging null where every step is a round, whose gradients are summed
 * @param whenUnstable what becomes of the run when its solver no longer follows its field
 */
public record TrainingPlan(
    BatchPlan batches,
    int epochs,
    int evaluateEvery,
    int checkpointEvery,
    double failureShare,
    String fingerprint,
    Schedule schedule,
    Selection selection,
    @Nullable Averaging averaging,
    WhenUnstable whenUnstable) {
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
        Selection.last(),
        null,
        WhenUnstable.WARN);
  }

  /** The same steps in rounds of several, whose parameters are averaged. */
  public TrainingPlan withAveraging(Averaging mode) {
    return new TrainingPlan(
        batches,
        epochs,
        evaluateEvery,
        checkpointEvery,
        failureShare,
        fingerprint,
        schedule,
        selection,
        mode,
        whenUnstable);
  }

  /**
   * The number of rounds of the whole run, unless it stops early; the last may have fewer local
   * steps than the others.
   */
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
  boolean checkpointsAfter(long round, boolean stops) {
    return checkpointEvery > 0
        && isWhole(round)
        && (stops || round % checkpointEvery == 0 || round == rounds() || !isWhole(round + 1));
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

  /** The factors of the learning rate in the steps of a round. */
  List<Double> factors(long round, List<Double> scores) {
    List<Double> factors = new ArrayList<>();
    for (long step = stepsAfter(round); step < stepsAfter(round + 1); step++) {
      factors.add(schedule.factor(step, scores));
    }
    return factors;
  }

  /** The last epoch, from 1, that a round completes; 0 if it completes none. */
  long epochEndedBy(long round) {
    long perEpoch = batches.roundsPerEpoch();
    long epoch = stepsAfter(round) / perEpoch;
    return epoch > stepsAfter(round - 1) / perEpoch ? epoch : 0;
  }

  /** Not at the end, if it falls between: a run that goes on would have one score more. */
  boolean validatesAfter(long round) {
    if (selection.every() < 1) {
      return false;
    }
    long period = (long) batches.roundsPerEpoch() * selection.every();
    return stepsAfter(round) / period > stepsAfter(round - 1) / period;
  }
}
