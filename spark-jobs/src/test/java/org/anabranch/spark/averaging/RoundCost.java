package org.anabranch.spark.averaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Averaging;
import org.anabranch.train.Backends;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.ExactSum;
import org.anabranch.train.Optimiser;
import org.anabranch.train.Rounds;
import org.anabranch.train.Scales;
import org.anabranch.train.Trainer;
import org.anabranch.train.TrainingPlan;
import org.anabranch.train.Updates;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * What a round costs beside its solves, printed as the table of {@code docs/rounds.md}: parameters
 * to two partitions, sums back, an update by Adam; the gradients are there already. Run by {@code
 * bench/run-rounds} from the folder {@code spark-jobs}.
 */
final class RoundCost {
  static final Optimiser ADAM = Optimiser.adam(1e-3, 0.9, 0.999, 1e-8);
  static final int PARTITIONS = 2;
  private static final int EPOCHS = 40;

  private RoundCost() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(
        "| where | parameters | empty job | gradient job | whole round (10 to 90 %) | sums as a tree |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
    try (JavaSparkContext spark = TestSpark.local(PARTITIONS)) {
      rows(spark, "`local[2]`");
    }
    Path folder = Files.createTempDirectory("anabranch-rounds");
    try (JavaSparkContext spark = TestSpark.cluster(PARTITIONS, folder)) {
      rows(spark, "`local-cluster[2,1,1024]`");
    }
  }

  private static void rows(JavaSparkContext spark, String where) throws Exception {
    for (int parameters : new int[] {1_500, 100_000, 1_000_000}) {
      try (PackedData data = data(spark)) {
        RoundTimes times = train(spark, data, parameters, null, EPOCHS);
        System.out.printf(
            Locale.ROOT,
            "| %s | %,d | %.1f ms | %.1f ms | %.1f ms (%.1f-%.1f) | %.1f ms |%n",
            where,
            parameters,
            1e3 * emptyJob(data),
            1e3 * gradientJob(spark, data, parameters),
            1e3 * times.median(),
            1e3 * times.quantile(0.1),
            1e3 * times.quantile(0.9),
            1e3 * tree(data, parameters));
      }
    }
  }

  static PackedData data(JavaSparkContext spark) {
    CsvSource digits =
        CsvSource.at("../data/digits.csv.gz")
            .classes(10)
            .scale(16)
            .test(0.2, 1)
            .blocks(64, 1)
            .build();
    return PackedData.pack(spark, digits, 128, PARTITIONS);
  }

  /**
   * @param averaging null for gradient mode
   */
  static RoundTimes train(
      JavaSparkContext spark,
      PackedData data,
      int parameters,
      @Nullable Averaging averaging,
      int epochs)
      throws Exception {
    RoundTimes times = new RoundTimes();
    TrainingPlan plan =
        new TrainingPlan(new BatchPlan(data.trainBlocks(), 2, 1), epochs, epochs, 0, 0, "none");
    plan = averaging == null ? plan : plan.withAveraging(averaging);
    Updates updates =
        new Updates(Backends.named("simd"), ADAM, FormulaWorkers.values(parameters, 0));
    try (Rounds rounds = new SparkRounds(spark, data, new IdleWorkers(parameters))) {
      new Trainer(updates, parameters, plan, rounds, times, null).run();
    }
    return times;
  }

  private static double gradientJob(JavaSparkContext spark, PackedData data, int parameters) {
    double[] values = FormulaWorkers.values(parameters, 0);
    IdleWorkers workers = new IdleWorkers(parameters);
    try (Rounds rounds = new SparkRounds(spark, data, workers)) {
      Scales scales = Scales.from(rounds.gradient(0, values, List.of(0, 1), null).magnitudes());
      return median(
          () -> {
            values[0] += 1; // or the parameters would be there already
            rounds.gradient(0, values, List.of(0, 1), scales);
          });
    }
  }

  private static double emptyJob(PackedData data) {
    return median(() -> data.train().count());
  }

  private static double tree(PackedData data, int parameters) {
    Scales scales = new Scales(List.of(40), 40);
    var sums =
        data.train()
            .mapPartitions(
                blocks ->
                    List.of(ExactSum.empty(new IdleWorkers(parameters).layout(), scales))
                        .iterator());
    return median(() -> Aggregation.TREE.total(sums, new int[] {0, 1}));
  }

  private static double median(Runnable job) {
    double[] seconds = new double[40];
    for (int i = 0; i < seconds.length; i++) {
      long before = System.nanoTime();
      job.run();
      seconds[i] = (System.nanoTime() - before) * 1e-9;
    }
    double[] late = Arrays.copyOfRange(seconds, seconds.length / 2, seconds.length);
    Arrays.sort(late);
    return late[late.length / 2];
  }
}
