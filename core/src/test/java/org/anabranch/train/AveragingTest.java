package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.reference.ReferenceBackend;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AveragingTest {
  private static final double[] FIRST = {0.25, -4, 1e3};
  private static final Offset<Double> ROUNDING = within(1e-11);

  @TempDir Path folder;

  /** Worker 0 owns one sample, worker 1 a block of three: its mean counts three times. */
  @Test
  void theMeanOfWhatWorkersComeToIsWeightedBySamples() throws IOException {
    List<Block> blocks =
        List.of(
            PullingWorkers.block(0, 2, 0, 5), PullingWorkers.block(1, 1, 1, 1, 2, 3, -8, 3, 5, -2));
    Averaging averaging = averaging(2, 4, Optimiser.sgd(0.125, 0), OptimiserState.AVERAGE);
    TrainingPlan plan = plan(new BatchPlan(2, 2, 5), 4, averaging);
    double[] trained = train(plan, blocks, 1, null, null).parameters();
    double left = Math.pow(1 - 0.125, 4);
    double[][] pulls = {{2, 0, 5}, {2, 3, -3}};
    for (int i = 0; i < 3; i++) {
      double one = left * FIRST[i] + (1 - left) * pulls[0][i];
      double three = left * FIRST[i] + (1 - left) * pulls[1][i];
      assertThat(trained[i]).isEqualTo((one + 3 * three) / 4, ROUNDING);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 4", "4, 4", "4, 8"})
  void oneStepOfPlainSgdIsThatOfGradients(int workers, int perBatch) throws IOException {
    Optimiser sgd = Optimiser.sgd(0.125, 0);
    BatchPlan batches = new BatchPlan(13, perBatch, 5);
    TrainingPlan one = plan(batches, 3, averaging(workers, 1, sgd, OptimiserState.AVERAGE));
    TrainingResult averaged = train(one, PullingWorkers.blocks(13), 1, null, null);
    TrainingResult summed = gradients(batches, 3, sgd);
    // Sums of gradients keep 41 bits of the largest, which is about 1e3.
    assertThat(averaged.parameters()).containsExactly(summed.parameters(), within(1e-8));
    assertThat(averaged.samples()).isEqualTo(summed.samples());
    assertThat(averaged.loss()).isEqualTo(summed.loss(), within(1e-8 * summed.loss()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64})
  void oneWorkerWithItsStateKeptIsOneMachine(int localSteps) throws IOException {
    for (Optimiser rule : List.of(Optimiser.sgd(0.125, 0.5), adam())) {
      BatchPlan batches = new BatchPlan(13, 4, 5);
      TrainingPlan plan = plan(batches, 5, averaging(1, localSteps, rule, OptimiserState.AVERAGE));
      double[] trained = train(plan, PullingWorkers.blocks(13), 1, null, null).parameters();
      assertThat(trained).containsExactly(gradients(batches, 5, rule).parameters(), ROUNDING);
    }
  }

  @Test
  void adamWithoutItsPastTakesStepsOfOneLength() throws IOException {
    BatchPlan batches = new BatchPlan(13, 4, 5);
    TrainingPlan plan = plan(batches, 2, averaging(1, 1, adam(), OptimiserState.RESET));
    double[] trained = train(plan, PullingWorkers.blocks(13), 1, null, null).parameters();
    // m/√v of one gradient is its sign; the third parameter is far above all samples.
    assertThat(trained[2]).isEqualTo(FIRST[2] - 8 * 0.01, within(1e-9));
    assertThat(gradients(batches, 2, adam()).parameters()[2])
        .isNotCloseTo(trained[2], within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void threadsDoNotShow(int threads) throws IOException {
    TrainingPlan plan =
        plan(new BatchPlan(13, 4, 5), 6, averaging(4, 3, adam(), OptimiserState.AVERAGE));
    double[] expected = train(plan, PullingWorkers.blocks(13), 1, null, null).parameters();
    assertThat(train(plan, PullingWorkers.blocks(13), threads, null, null).parameters())
        .containsExactly(expected);
  }

  @Test
  void workersAndLocalStepsShow() throws IOException {
    List<double[]> trained = new ArrayList<>();
    for (int[] shape : new int[][] {{4, 3}, {2, 3}, {4, 4}}) {
      Averaging averaging = averaging(shape[0], shape[1], adam(), OptimiserState.AVERAGE);
      TrainingPlan plan = plan(new BatchPlan(13, 4, 5), 6, averaging);
      trained.add(train(plan, PullingWorkers.blocks(13), 1, null, null).parameters());
    }
    assertThat(trained).doesNotHaveDuplicates();
    assertThat(trained.get(0)[0]).isNotEqualTo(trained.get(1)[0]);
    assertThat(trained.get(0)[0]).isNotEqualTo(trained.get(2)[0]);
  }

  /** 13 blocks in batches of 4 are 4 steps an epoch: 6 rounds of 3, and one of 2 steps. */
  @ParameterizedTest
  @ValueSource(longs = {1, 4, 6})
  void aRunThatGoesOnFromACheckpointEndsWithTheSameBits(long round) throws IOException {
    Averaging averaging = averaging(4, 3, adam(), OptimiserState.AVERAGE);
    TrainingPlan plan = plan(new BatchPlan(13, 4, 5), 5, averaging);
    List<Checkpoint> saved = new ArrayList<>();
    double[] expected = train(plan, PullingWorkers.blocks(13), 1, saved, null).parameters();
    Checkpoint from =
        saved.stream().filter(checkpoint -> checkpoint.round() == round).findFirst().orElseThrow();
    assertThat(train(plan, PullingWorkers.blocks(13), 2, null, from).parameters())
        .containsExactly(expected);
  }

  @Test
  void moreEpochsAfterAShorterLastRoundAreThoseOfOneRun() throws IOException {
    Averaging averaging = averaging(4, 3, adam(), OptimiserState.AVERAGE);
    BatchPlan batches = new BatchPlan(13, 4, 5);
    List<Checkpoint> saved = new ArrayList<>();
    assertThat(plan(batches, 2, averaging).rounds()).isEqualTo(3);
    train(plan(batches, 2, averaging), PullingWorkers.blocks(13), 1, saved, null);
    Checkpoint last = saved.get(saved.size() - 1);
    assertThat(last.round()).isEqualTo(2);
    TrainingPlan longer = plan(batches, 5, averaging);
    assertThat(train(longer, PullingWorkers.blocks(13), 1, null, last).parameters())
        .containsExactly(train(longer, PullingWorkers.blocks(13), 1, null, null).parameters());
  }

  @Test
  void aFirstRoundBeyondTheFirstScalesIsRepeated() throws IOException {
    double far = 1e12;
    List<Block> blocks =
        List.of(PullingWorkers.block(0, far, 0, 5), PullingWorkers.block(1, far, 1e-15, 1));
    Averaging averaging = averaging(2, 4, Optimiser.sgd(0.125, 0), OptimiserState.AVERAGE);
    double[] trained =
        train(plan(new BatchPlan(2, 2, 5), 4, averaging), blocks, 1, null, null).parameters();
    double left = Math.pow(1 - 0.125, 4);
    assertThat(trained[0]).isEqualTo(left * 0.25 + (1 - left) * (float) far, within(1e-3));
    assertThat(trained[2]).isEqualTo(left * 1e3 + (1 - left) * 3, ROUNDING);
  }

  @Test
  void aStepThatGrowsBeyondNumbersNamesTheWorker() {
    Averaging averaging = averaging(2, 64, Optimiser.sgd(1e9, 0), OptimiserState.AVERAGE);
    TrainingPlan plan = plan(new BatchPlan(13, 4, 5), 16, averaging);
    assertThatExceptionOfType(Diverged.class)
        .isThrownBy(() -> train(plan, PullingWorkers.blocks(13), 1, null, null))
        .withMessageContaining("Round 1:")
        .withMessageContaining("2 of 2 workers")
        .withMessageContaining("train.local-steps");
  }

  @Test
  void failedSamplesLeaveTheMeanAndCountForEachStep() throws IOException {
    Block broken =
        Block.of(1, 3, 3, new long[] {7, 8}, new float[] {1, 1, 1, 3, 5, -2}, new float[] {9, 0});
    List<Block> blocks = List.of(PullingWorkers.block(0, 2, 0, 5), broken);
    Averaging averaging = averaging(2, 4, Optimiser.sgd(0.125, 0), OptimiserState.AVERAGE);
    TrainingPlan allows =
        new TrainingPlan(new BatchPlan(2, 2, 5), 4, 9, 0, 0.4, "pull").withAveraging(averaging);
    TrainingResult result = train(allows, blocks, 1, null, null);
    double left = Math.pow(1 - 0.125, 4);
    assertThat(result.parameters()[0]).isEqualTo(left * 0.25 + (1 - left) * 2.5, ROUNDING);
    assertThat(result.failures()).isEqualTo(4);
    TrainingPlan refuses = plan(new BatchPlan(2, 2, 5), 4, averaging);
    assertThatExceptionOfType(Diverged.class)
        .isThrownBy(() -> train(refuses, blocks, 1, null, null))
        .withMessageContaining("4 of 12 samples failed");
  }

  @Test
  void moreWorkersThanBlocksAreRefused() {
    Averaging averaging = averaging(14, 1, adam(), OptimiserState.RESET);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(new BatchPlan(13, 13, 5), 1, averaging))
        .withMessageContaining("14 workers for 13 blocks");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> averaging(0, 1, adam(), OptimiserState.RESET))
        .withMessageContaining("workers is 0");
  }

  private static Optimiser adam() {
    return Optimiser.adam(0.01, 0.9, 0.999, 1e-8);
  }

  private static Averaging averaging(
      int workers, int localSteps, Optimiser optimiser, OptimiserState state) {
    return new Averaging(workers, localSteps, optimiser, state);
  }

  private static TrainingPlan plan(BatchPlan batches, int epochs, Averaging averaging) {
    return new TrainingPlan(batches, epochs, 9, 1, 0, "pull").withAveraging(averaging);
  }

  private TrainingResult gradients(BatchPlan batches, int epochs, Optimiser optimiser)
      throws IOException {
    TrainingPlan plan = new TrainingPlan(batches, epochs, 9, 0, 0, "pull");
    Updates updates = new Updates(new ReferenceBackend(), optimiser, FIRST);
    return run(plan, updates, PullingWorkers.blocks(13), 1, null, null);
  }

  /**
   * @param saved receives every checkpoint; null for none
   */
  private TrainingResult train(
      TrainingPlan plan,
      List<Block> blocks,
      int threads,
      @Nullable List<Checkpoint> saved,
      @Nullable Checkpoint from)
      throws IOException {
    Averaging averaging = plan.averaging();
    if (averaging == null) {
      throw new AssertionError("a plan with averaging");
    }
    Updates updates = new Updates(new ReferenceBackend(), averaging.optimiser(), FIRST);
    return run(plan, updates, blocks, threads, saved, from);
  }

  private TrainingResult run(
      TrainingPlan plan,
      Updates updates,
      List<Block> blocks,
      int threads,
      @Nullable List<Checkpoint> saved,
      @Nullable Checkpoint from)
      throws IOException {
    Checkpoints checkpoints =
        saved == null ? null : new Checkpoints(LocalFolder.open(folder.resolve("run")));
    try (Rounds rounds = new LocalRounds(new PullingWorkers(), blocks, List.of(), threads)) {
      Keeper keeper = new Keeper(checkpoints, saved);
      Trainer trainer = new Trainer(updates, 3, plan, rounds, keeper, checkpoints);
      if (from != null) {
        trainer.resume(from);
      }
      TrainingResult result = trainer.run();
      keeper.keep();
      return result;
    }
  }

  /** Keeps what the folder's newest checkpoint was when a round was done: that before it. */
  private record Keeper(@Nullable Checkpoints checkpoints, @Nullable List<Checkpoint> saved)
      implements TrainingListener {
    void keep() {
      if (checkpoints != null && saved != null) {
        try {
          checkpoints.latest("pull", warning -> {}).ifPresent(saved::add);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }

    @Override
    public void round(
        long round, long rounds, double loss, double accuracy, long samples, double seconds) {
      keep();
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
}
