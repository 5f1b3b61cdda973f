package org.anabranch.spark.job;

import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Averaging;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.Optimiser;
import org.anabranch.train.TrainingPlan;

/** What a configuration says of the course of a training. */
final class TrainingPlans {
  private TrainingPlans() {}

  /**
   * The plan of a run.
   *
   * @param optimiser that logical workers follow, where there are some
   */
  static TrainingPlan plan(
      TrainingConfiguration configuration,
      PackedData data,
      String fingerprint,
      Optimiser optimiser) {
    TrainingConfiguration.Train train = configuration.train();
    int blocksPerBatch = Math.min(train.blocksPerBatch(), data.trainBlocks());
    BatchPlan batches = new BatchPlan(data.trainBlocks(), blocksPerBatch, configuration.seed());
    TrainingPlan plan =
        new TrainingPlan(
            batches,
            train.epochs(),
            train.evaluateEvery(),
            train.checkpointEvery(),
            train.maxFailedFraction(),
            fingerprint,
            RuleSettings.schedule(train, batches.roundsPerEpoch()),
            RuleSettings.selection(train.selection(), data.validationBlocks() > 0),
            null,
            configuration.solver().whenUnstable());
    return switch (train.averaging().mode()) {
      case GRADIENT -> plan;
      case AVERAGING -> plan.withAveraging(averaging(train, data, optimiser));
    };
  }

  private static Averaging averaging(
      TrainingConfiguration.Train train, PackedData data, Optimiser optimiser) {
    int workers = train.averaging().workers();
    if (workers > data.trainBlocks()) {
      throw new Mistake(
          "train.workers is %d, but there are %d blocks of training data. Write %d or less, or give more data."
              .formatted(workers, data.trainBlocks(), data.trainBlocks()));
    }
    return new Averaging(
        workers, train.averaging().localSteps(), optimiser, train.averaging().optimiserState());
  }
}
