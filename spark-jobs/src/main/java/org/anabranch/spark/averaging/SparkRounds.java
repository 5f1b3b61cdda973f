package org.anabranch.spark.averaging;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.spark.data.BlockChecksums;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Averaging;
import org.anabranch.train.Block;
import org.anabranch.train.BlockWorkerFactory;
import org.anabranch.train.Crew;
import org.anabranch.train.Evaluation;
import org.anabranch.train.EvaluationTally;
import org.anabranch.train.ExactSum;
import org.anabranch.train.LocalRound;
import org.anabranch.train.LocalRounds;
import org.anabranch.train.Rounds;
import org.anabranch.train.Scales;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Rounds as Spark jobs over packed blocks: one job a round. The sum has the same bits for every
 * number of partitions and executors, whichever tasks are run twice. One round at a time.
 *
 * <p>A block that was packed again and differs from its first packing stops the round with a {@link
 * DataProblem}.
 */
public final class SparkRounds implements Rounds {
  private final JavaSparkContext spark;
  private final PackedData data;
  private final BlockWorkerFactory factory;
  private final Broadcast<BlockChecksums> checksums;
  private final int classes;
  private final ParameterLayout layout;
  private double @Nullable [] shipped;
  private @Nullable Shipment shipment;

  /** Neither the context nor the data are closed by {@link #close}. */
  public SparkRounds(JavaSparkContext spark, PackedData data, BlockWorkerFactory factory) {
    this.spark = spark;
    this.data = data;
    this.factory = factory;
    this.classes = factory.classes();
    this.layout = factory.layout();
    this.checksums = spark.broadcast(data.checksums());
  }

  /**
   * Rounds of a run, wherever they are fastest: where Spark's tasks would be threads of this
   * process and the blocks fit into its memory, such threads without Spark's jobs, which cost 5 to
   * 15 ms a round; else Spark jobs. The bits are the same.
   */
  public static Rounds best(JavaSparkContext spark, PackedData data, BlockWorkerFactory factory) {
    if (!HeldBlocks.possible(spark, data)) {
      return new SparkRounds(spark, data, factory);
    }
    HeldBlocks held = HeldBlocks.take(data);
    int threads = spark.defaultParallelism();
    return new LocalRounds(factory, held.train(), held.validation(), held.test(), threads);
  }

  @Override
  public ExactSum gradient(
      long round, double[] parameters, List<Integer> blocks, @Nullable Scales scales) {
    Set<Integer> chosen = chosen(blocks);
    int[] partitions = blocks.stream().mapToInt(data::partitionOf).distinct().sorted().toArray();
    GradientTask task =
        new GradientTask(factory, ship(parameters), round, chosen, scales, checksums);
    Aggregation way = Aggregation.best(parameters.length, partitions.length);
    ExactSum total = way.total(data.train().mapPartitions(task), partitions);
    return complete(round, total, chosen.size(), "blocks");
  }

  /** One job whatever the number of local steps. */
  @Override
  public ExactSum localSteps(LocalRound round, double[] start, @Nullable Scales scales) {
    requireWholeWorkers(round.averaging());
    Set<Integer> blocks = round.blocks();
    int[] partitions = blocks.stream().mapToInt(data::partitionOf).distinct().sorted().toArray();
    Shipment sent = Shipment.of(spark, start, false); // steps are taken in float64
    try {
      LocalStepsTask task = new LocalStepsTask(factory, sent, round, scales, checksums);
      Aggregation way = Aggregation.best(2 * start.length, partitions.length);
      ExactSum total = way.total(data.train().mapPartitions(task), partitions);
      return complete(round.number(), total, round.workersOf(blocks).size(), "workers");
    } finally {
      sent.destroy();
    }
  }

  /** A partition holds whole strata, and each stratum must be of one worker. */
  private void requireWholeWorkers(Averaging averaging) {
    if (averaging.workers() % data.strata() != 0) {
      throw new IllegalArgumentException(
          "SparkRounds: the data were dealt in %d strata, which %d workers do not own whole. Pack them with a batch size of %d blocks."
              .formatted(data.strata(), averaging.workers(), averaging.workers()));
    }
  }

  private static ExactSum complete(
      long round, @Nullable ExactSum total, int expected, String units) {
    int summed = total == null ? 0 : total.blocks();
    if (total == null || summed != expected) {
      throw new IllegalStateException(
          "Round %d: %d %s were summed, expected %d. Start again from the last checkpoint."
              .formatted(round, summed, units, expected));
    }
    return total;
  }

  @Override
  public Crew crew() {
    return Crew.ALONE;
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public Evaluation evaluate(double[] parameters) {
    return evaluate(parameters, data.test(), data.testBlocks(), false);
  }

  @Override
  public Evaluation validate(double[] parameters) {
    return data.validationBlocks() == 0
        ? new EvaluationTally(classes).evaluation()
        : evaluate(parameters, data.validation(), data.validationBlocks(), true);
  }

  private Evaluation evaluate(
      double[] parameters, JavaRDD<Block> blocks, int expected, boolean validation) {
    EvaluationTask task =
        new EvaluationTask(factory, ship(parameters), classes, validation, checksums);
    List<EvaluationTally> tallies =
        DataProblem.surfacing(() -> blocks.mapPartitions(task).collect());
    EvaluationTally total = new EvaluationTally(classes);
    tallies.forEach(total::merge);
    if (total.blocks() != expected) {
      throw new IllegalStateException(
          "Evaluation: %d blocks were evaluated, expected %d. Evaluate again."
              .formatted(total.blocks(), expected));
    }
    return total.evaluation();
  }

  @Override
  public void close() {
    recall();
    checksums.destroy(false);
  }

  private Set<Integer> chosen(List<Integer> blocks) {
    Set<Integer> chosen = new HashSet<>(blocks);
    if (blocks.isEmpty() || chosen.size() != blocks.size()) {
      throw new IllegalArgumentException(
          "SparkRounds: %d different blocks among %d. Name at least one, and each once."
              .formatted(chosen.size(), blocks.size()));
    }
    return chosen;
  }

  /** A repeated round, or an evaluation after it, finds its parameters where they are. */
  private Shipment ship(double[] parameters) {
    if (shipment == null || !Arrays.equals(parameters, shipped)) {
      recall();
      shipped = parameters.clone();
      shipment = Shipment.of(spark, parameters, factory.singlePrecision());
    }
    return shipment;
  }

  private void recall() {
    if (shipment != null) {
      shipment.destroy();
      shipment = null;
    }
  }
}
