package org.anabranch.spark.averaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Averaging;
import org.anabranch.train.OptimiserState;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a round of averaging costs beside its gradients, printed as a table of {@code
 * docs/averaging.md}: two workers on two partitions, one local step of Adam; the gradients are
 * there already. Run by {@code bench/run-rounds} from the folder {@code spark-jobs}.
 */
final class AveragingCost {
  private AveragingCost() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(
        "| where | parameters | gradient mode | averaging, state reset | averaging, state averaged |");
    System.out.println("|---|---:|---:|---:|---:|");
    try (JavaSparkContext spark = TestSpark.local(RoundCost.PARTITIONS)) {
      rows(spark, "`local[2]`");
    }
    Path folder = Files.createTempDirectory("anabranch-rounds");
    try (JavaSparkContext spark = TestSpark.cluster(RoundCost.PARTITIONS, folder)) {
      rows(spark, "`local-cluster[2,1,1024]`");
    }
  }

  private static void rows(JavaSparkContext spark, String where) throws Exception {
    for (int parameters : new int[] {1_500, 100_000, 1_000_000}) {
      int epochs = parameters > 100_000 ? 8 : 40; // of 11 or 12 rounds each
      try (PackedData data = RoundCost.data(spark)) {
        System.out.printf(
            Locale.ROOT,
            "| %s | %,d | %s | %s | %s |%n",
            where,
            parameters,
            cell(RoundCost.train(spark, data, parameters, null, epochs)),
            cell(RoundCost.train(spark, data, parameters, with(OptimiserState.RESET), epochs)),
            cell(RoundCost.train(spark, data, parameters, with(OptimiserState.AVERAGE), epochs)));
      }
    }
  }

  private static Averaging with(OptimiserState state) {
    return new Averaging(RoundCost.PARTITIONS, 1, RoundCost.ADAM, state);
  }

  private static String cell(RoundTimes times) {
    return String.format(
        Locale.ROOT,
        "%.1f ms (%.1f-%.1f)",
        1e3 * times.median(),
        1e3 * times.quantile(0.1),
        1e3 * times.quantile(0.9));
  }
}
