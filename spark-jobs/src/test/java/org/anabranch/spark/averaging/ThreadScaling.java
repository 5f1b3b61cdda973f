package org.anabranch.spark.averaging;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.anabranch.model.node.ClassifierWorkers;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Initialiser;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Backends;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.LocalRounds;
import org.anabranch.train.Optimiser;
import org.anabranch.train.Rounds;
import org.anabranch.train.Trainer;
import org.anabranch.train.TrainingPlan;
import org.anabranch.train.Updates;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Samples a second on synthetic data: one thread without Spark, {@code local[1]} and {@code
 * local[2]}, in one process, one after the other. The field is a tanh network 96-96-96. Run by
 * {@code bench/run-rounds} from the folder {@code spark-jobs}.
 */
final class ThreadScaling {
  private static final int SAMPLES = 16_384;
  private static final int BLOCK = 64;
  private static final int FEATURES = 64;

  /**
   * A mini-batch and what it costs.
   *
   * @param batch samples a round
   * @param steps of the solver
   * @param rounds to run, of which the later half is timed
   */
  private record Load(int batch, int steps, int rounds) {
    NeuralOdeClassifier model() {
      return new NeuralOdeClassifier(
          FEATURES, 10, 96, List.of(96), Activation.TANH, "alf", 1, true, 1, steps, "automatic", 1);
    }

    ClassifierWorkers workers() {
      return new ClassifierWorkers(model().toJson(), "simd", BLOCK);
    }
  }

  private ThreadScaling() {}

  public static void main(String[] arguments) throws Exception {
    Path csv = Files.createTempFile("anabranch-synthetic", ".csv");
    write(csv);
    System.out.println(
        "| batch | steps | one thread | two threads | `local[1]` | `local[2]` | `local[2]` / one thread |");
    System.out.println("|---:|---:|---:|---:|---:|---:|---:|");
    for (Load load :
        List.of(new Load(1_024, 16, 300), new Load(2_048, 64, 80), new Load(8_192, 64, 24))) {
      double one = sparkless(csv, load, 1);
      double two = sparkless(csv, load, 2);
      double local1 = spark(csv, load, 1);
      double local2 = spark(csv, load, 2);
      System.out.printf(
          Locale.ROOT,
          "| %,d | %d | %,.0f | %,.0f | %,.0f | %,.0f | %.2f |%n",
          load.batch(),
          load.steps(),
          one,
          two,
          local1,
          local2,
          local2 / one);
    }
    Files.delete(csv);
  }

  private static void write(Path csv) throws Exception {
    try (Writer writer = Files.newBufferedWriter(csv)) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < FEATURES; i++) {
          line.append("%.3f,".formatted(CounterRandom.uniform(1, Stream.SYNTHETIC, sample, 0, i)));
        }
        writer.write(line.append(sample % 10).append('\n').toString());
      }
    }
  }

  private static double sparkless(Path csv, Load load, int threads) throws Exception {
    try (JavaSparkContext spark = TestSpark.local(1);
        PackedData data = pack(spark, csv, load, 1);
        Rounds rounds =
            new LocalRounds(
                load.workers(), data.train().collect(), data.test().collect(), threads)) {
      return samplesASecond(data, load, rounds);
    }
  }

  private static double spark(Path csv, Load load, int threads) throws Exception {
    try (JavaSparkContext spark = TestSpark.local(threads);
        PackedData data = pack(spark, csv, load, threads);
        Rounds rounds = new SparkRounds(spark, data, load.workers())) {
      return samplesASecond(data, load, rounds);
    }
  }

  private static PackedData pack(JavaSparkContext spark, Path csv, Load load, int partitions) {
    CsvSource source =
        CsvSource.at(csv.toString())
            .classes(10)
            .features(FEATURES)
            .test(0.02, 1)
            .blocks(BLOCK, 1)
            .build();
    return PackedData.pack(spark, source, load.batch(), partitions);
  }

  private static double samplesASecond(PackedData data, Load load, Rounds rounds) throws Exception {
    RoundTimes times = new RoundTimes();
    BatchPlan batches = new BatchPlan(data.trainBlocks(), load.batch() / BLOCK, 1);
    int epochs = load.rounds() / batches.roundsPerEpoch();
    TrainingPlan plan = new TrainingPlan(batches, epochs, epochs, 0, 0, "none");
    Updates updates =
        new Updates(
            Backends.named("simd"),
            Optimiser.adam(1e-3, 0.9, 0.999, 1e-8),
            Initialiser.glorot(load.model().layout(), 1));
    new Trainer(updates, load.model().layout().size(), plan, rounds, times, null).run();
    return load.batch() / times.median();
  }
}
