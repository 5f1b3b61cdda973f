package org.anabranch.model.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathSampler;
import org.anabranch.model.paths.PathShape;
import org.anabranch.train.Averaging;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.Block;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.LocalFolder;
import org.anabranch.train.LocalRounds;
import org.anabranch.train.Optimiser;
import org.anabranch.train.OptimiserState;
import org.anabranch.train.QuietListener;
import org.anabranch.train.Trainer;
import org.anabranch.train.TrainingPlan;
import org.anabranch.train.Updates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole trainings of both networks: bits, threads, rounds, resuming, and that it learns. */
class GanTrainingTest {
  private static final int LENGTH = 12;
  private static final int CAPACITY = 8;
  private static final List<Block> BLOCKS = OrnsteinUhlenbeck.blocks(7, 96, CAPACITY, LENGTH);
  private static final long SEED = 4;

  private static SdeGan model(int steps, boolean apart) {
    return new SdeGan(
        PathShape.equal(LENGTH, 1, List.of("y"), List.of()),
        new ChannelScales(List.of(0.0), List.of(0.6)),
        ChannelScales.none(0),
        new GeneratorSettings(3, 2, 6, List.of(8), 3, 0.5),
        new DiscriminatorSettings(6, List.of(8), 8, steps, apart, 0),
        1,
        "reversible-heun",
        "automatic",
        1);
  }

  static Stream<Arguments> turns() {
    return Stream.of(
        Arguments.of(1, false, 0),
        Arguments.of(3, false, 0),
        Arguments.of(1, true, 0),
        Arguments.of(1, false, 4),
        Arguments.of(2, false, 4));
  }

  @ParameterizedTest
  @MethodSource("turns")
  void threadsDoNotChangeABit(int steps, boolean apart, int localSteps) throws Exception {
    double[] one = trained(model(steps, apart), 1, localSteps, 2, null, false);
    double[] three = trained(model(steps, apart), 3, localSteps, 2, null, false);
    assertThat(three).containsExactly(one);
    assertThat(one).doesNotContain(Double.NaN).isNotEqualTo(model(steps, apart).initial(SEED));
  }

  @ParameterizedTest
  @MethodSource("turns")
  void aResumedRunHasTheSameBits(int steps, boolean apart, int localSteps, @TempDir Path folder)
      throws Exception {
    SdeGan model = model(steps, apart);
    double[] whole = trained(model, 2, localSteps, 4, null, false);
    trained(model, 2, localSteps, 2, folder, false);
    assertThat(trained(model, 2, localSteps, 4, folder, true)).containsExactly(whole);
  }

  private static double[] trained(
      SdeGan model, int threads, int localSteps, int epochs, @Nullable Path folder, boolean resume)
      throws Exception {
    Optimiser rule = model.rule(Optimiser.adam(1e-3, 0, 0.9, 1e-8).withWeightDecay(0.01), 4, true);
    TrainingPlan plan = new TrainingPlan(new BatchPlan(12, 4, 1), epochs, 100, 1, 0, "same");
    if (localSteps > 0) {
      plan = plan.withAveraging(new Averaging(2, localSteps, rule, OptimiserState.AVERAGE));
    }
    Updates updates = new Updates(new SimdBackend(), rule, model.initial(SEED));
    Checkpoints checkpoints = folder == null ? null : new Checkpoints(LocalFolder.open(folder));
    try (LocalRounds rounds =
        new LocalRounds(model.workers("simd", CAPACITY, SEED), BLOCKS, BLOCKS, threads)) {
      Trainer trainer =
          new Trainer(
              updates, model.layout().size(), plan, rounds, new QuietListener(), checkpoints);
      if (resume && checkpoints != null) {
        Checkpoint latest = checkpoints.latest("same", text -> {}).orElseThrow();
        trainer.resume(latest);
      }
      return trainer.run().parameters();
    }
  }

  /** Point 8 of the verification list: marginals come nearer to the data's. */
  @Test
  void marginalsOfTheOrnsteinUhlenbeckProcessComeNearer() {
    SdeGan model = model(1, false);
    List<Block> blocks = OrnsteinUhlenbeck.blocks(8, 1024, 32, LENGTH);
    Optimiser rule = model.rule(Optimiser.adam(1e-3, 0, 0.9, 1e-8), 4, true);
    double[] parameters = model.initial(SEED);
    double before = distance(model, parameters);
    Updates updates = new Updates(new SimdBackend(), rule, parameters);
    TrainingPlan plan = new TrainingPlan(new BatchPlan(32, 8, 1), 150, 1000, 0, 0, "");
    try (LocalRounds rounds =
        new LocalRounds(model.workers("simd", 32, SEED), blocks, blocks.subList(0, 1), 2)) {
      parameters =
          new Trainer(updates, parameters.length, plan, rounds, new QuietListener(), null)
              .run()
              .parameters();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(distance(model, parameters)).isLessThan(before / 2);
  }

  /** The mean over times of the largest difference of distribution functions. */
  private static double distance(SdeGan model, double[] parameters) {
    int paths = 512;
    PathSampler sampler = model.sampler(new SimdBackend(), 64);
    sampler.load(parameters);
    float[] fake = new float[paths * LENGTH];
    sampler.sample(1, 0, paths, new float[0], fake);
    double sum = 0;
    for (int time = 0; time < LENGTH; time++) {
      double[] a = new double[paths];
      double[] b = new double[paths];
      for (int path = 0; path < paths; path++) {
        a[path] = fake[path * LENGTH + time];
        b[path] = OrnsteinUhlenbeck.path(9, path, LENGTH)[time];
      }
      sum += kolmogorovSmirnov(a, b);
    }
    return sum / LENGTH;
  }

  private static double kolmogorovSmirnov(double[] a, double[] b) {
    double largest = 0;
    for (double x : b) {
      double below = Arrays.stream(a).filter(y -> y <= x).count() / (double) a.length;
      double real = Arrays.stream(b).filter(y -> y <= x).count() / (double) b.length;
      largest = Math.max(largest, Math.abs(below - real));
    }
    return largest;
  }
}
