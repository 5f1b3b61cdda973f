package org.anabranch.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.Block;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.Evaluation;
import org.anabranch.train.ExactSum;
import org.anabranch.train.LocalRounds;
import org.anabranch.train.Rounds;
import org.anabranch.train.Scales;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real digits; the oracle is one thread that adds block after block. */
class SparkRoundsTest {
  private static final int PARAMETERS = 1_501;
  private static final FormulaWorkers WORKERS = FormulaWorkers.of(PARAMETERS);

  private static JavaSparkContext spark;
  private static List<Block> train;
  private static List<Block> test;

  @BeforeAll
  static void start() {
    spark = TestSpark.local(2);
    try (PackedData data = pack(spark, 1)) {
      train = data.train().collect();
      test = data.test().collect();
    }
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 11})
  void partitionsDoNotShow(int partitions) {
    try (PackedData data = pack(spark, partitions);
        Rounds rounds = new SparkRounds(spark, data, WORKERS)) {
      assertThat(threeRounds(rounds)).isEqualTo(oracle());
    }
  }

  @Test
  void oneThreadDoesNotShow() {
    stop();
    spark = TestSpark.local(1);
    try (PackedData data = pack(spark, 3);
        Rounds rounds = new SparkRounds(spark, data, WORKERS)) {
      assertThat(threeRounds(rounds)).isEqualTo(oracle());
    }
  }

  @Test
  void threadsOfThisProcessWithoutJobsGiveTheSameBits() {
    try (PackedData data = pack(spark, 2);
        Rounds rounds = SparkRounds.best(spark, data, WORKERS)) {
      assertThat(rounds).isInstanceOf(LocalRounds.class);
      assertThat(threeRounds(rounds)).isEqualTo(oracle());
    }
  }

  @Test
  void blocksAreHeldOnlyWhereTheyLeaveRoom() {
    assertThat(HeldBlocks.fit(100L << 20, 800L << 20)).isTrue();
    assertThat(HeldBlocks.fit(101L << 20, 800L << 20)).isFalse();
    assertThat(HeldBlocks.fit(600L << 20, 64L << 30)).isFalse();
  }

  /** Three threads a task, so that they outnumber what this machine may have. */
  @Test
  void threadsOfATaskDoNotShow() {
    stop();
    spark = TestSpark.local(3, 3);
    try (PackedData data = pack(spark, 2);
        Rounds rounds = new SparkRounds(spark, data, WORKERS)) {
      int threads =
          data.train().mapPartitions(b -> List.of(TaskThreads.ofThisTask()).iterator()).first();
      assertThat(threads).isEqualTo(3);
      assertThat(threeRounds(rounds)).isEqualTo(oracle());
    }
  }

  @Test
  void treesAndCollectionsOfSumsAgree() {
    Map<Aggregation, Map<String, Object>> sums = new HashMap<>();
    try (PackedData data = pack(spark, 9)) {
      for (Aggregation way : Aggregation.values()) {
        JavaRDD<ExactSum> parts =
            data.train().mapPartitions(blocks -> List.of(sum(blocks)).iterator());
        ExactSum total = way.total(parts, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8});
        sums.put(way, FormulaWorkers.content(total, PARAMETERS));
      }
    }
    assertThat(sums.get(Aggregation.TREE)).isEqualTo(sums.get(Aggregation.COLLECT));
  }

  @Test
  void parametersAreLoadedOnceHoweverOftenARoundIsRepeated() {
    FormulaWorkers workers = new FormulaWorkers(2_003, false, "");
    try (PackedData data = pack(spark, 1);
        Rounds rounds = new SparkRounds(spark, data, workers)) {
      double[] values = FormulaWorkers.values(2_003, 0);
      FormulaWorkers.LOADS.set(0);
      ExactSum first = rounds.gradient(0, values, List.of(0, 1), null);
      rounds.gradient(0, values, List.of(0, 1), Scales.from(first.magnitudes()));
      rounds.evaluate(values);
      assertThat(FormulaWorkers.LOADS).hasValue(1);
      values[7] = 0.25;
      rounds.gradient(1, values, List.of(0, 1), null);
      assertThat(FormulaWorkers.LOADS).hasValue(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 100_000})
  void singlePrecisionWorkersReceiveRoundedParameters(int parameters) {
    double[] values = FormulaWorkers.values(parameters, 0);
    double[] rounded = values.clone();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) rounded[i];
    }
    try (PackedData data = pack(spark, 2);
        Rounds wide = new SparkRounds(spark, data, new FormulaWorkers(parameters, false, ""));
        Rounds narrow = new SparkRounds(spark, data, new FormulaWorkers(parameters, true, ""))) {
      assertThat(content(narrow, values)).isEqualTo(content(wide, rounded));
      assertThat(content(narrow, values)).isNotEqualTo(content(wide, values));
    }
  }

  @Test
  void aLostBlockStopsTheRound() {
    try (PackedData data = pack(spark, 2)) {
      PackedData lossy = withTrain(data, data.train().filter(block -> block.number() != 3));
      Rounds rounds = new SparkRounds(spark, lossy, WORKERS);
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  rounds.gradient(5, FormulaWorkers.values(PARAMETERS, 0), List.of(1, 2, 3), null))
          .withMessageContaining("Round 5: 2 blocks were summed, expected 3");
    }
  }

  @Test
  void aBlockThatChangedStopsTheRound() {
    try (PackedData data = pack(spark, 2)) {
      PackedData changed = withTrain(data, data.train().map(SparkRoundsTest::relabelled));
      Rounds rounds = new SparkRounds(spark, changed, WORKERS);
      double[] values = FormulaWorkers.values(PARAMETERS, 0);
      rounds.gradient(0, values, List.of(1, 2), null);
      assertThatExceptionOfType(DataProblem.class)
          .isThrownBy(() -> rounds.gradient(0, values, List.of(2, 3), null))
          .withMessageContaining("training block 3 differs");
    }
  }

  @Test
  void blocksAreNamedOnceAndExist() {
    try (PackedData data = pack(spark, 2);
        Rounds rounds = new SparkRounds(spark, data, WORKERS)) {
      double[] values = FormulaWorkers.values(PARAMETERS, 0);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rounds.gradient(0, values, List.of(1, 1), null))
          .withMessageContaining("1 different blocks among 2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rounds.gradient(0, values, List.of(45), null))
          .withMessageContaining("no training block 45");
    }
  }

  /** All that three rounds and an evaluation give. */
  static List<Object> threeRounds(Rounds rounds) {
    BatchPlan plan = new BatchPlan(45, 8, 5);
    Scales scales = null;
    List<Object> results = new ArrayList<>();
    for (int round : new int[] {0, 1, 5}) {
      double[] values = FormulaWorkers.values(PARAMETERS, round);
      ExactSum sum = rounds.gradient(round, values, plan.batch(round), scales);
      results.add(FormulaWorkers.content(sum, PARAMETERS));
      scales = Scales.from(sum.magnitudes());
    }
    Evaluation evaluation = rounds.evaluate(FormulaWorkers.values(PARAMETERS, 9));
    results.add(evaluation);
    return results;
  }

  private static List<Object> oracle() {
    try (Rounds rounds = new LocalRounds(WORKERS, train, test, 1)) {
      return threeRounds(rounds);
    }
  }

  private static Map<String, Object> content(Rounds rounds, double[] values) {
    ExactSum measured = rounds.gradient(0, values, List.of(0, 9, 17), null);
    Scales scales = Scales.from(measured.magnitudes());
    ExactSum sum = rounds.gradient(0, values, List.of(0, 9, 17), scales);
    return FormulaWorkers.content(sum, values.length);
  }

  private static ExactSum sum(Iterator<Block> blocks) {
    BlockWorker worker = WORKERS.create();
    worker.load(FormulaWorkers.values(PARAMETERS, 0));
    ExactSum sum = ExactSum.empty(WORKERS.layout(), new Scales(List.of(30, 30), 30));
    blocks.forEachRemaining(block -> sum.add(worker.gradient(block)));
    return sum;
  }

  private static Block relabelled(Block block) {
    if (block.number() != 3) {
      return block;
    }
    long[] ids = new long[block.rows()];
    float[] features = new float[block.rows() * block.width()];
    float[] labels = new float[block.rows()];
    block.copyFeatures(features);
    for (int row = 0; row < ids.length; row++) {
      ids[row] = block.id(row);
      labels[row] = 9 - block.label(row);
    }
    return Block.of(3, block.capacity(), block.width(), ids, features, labels);
  }

  static PackedData withTrain(PackedData data, JavaRDD<Block> other) {
    return new PackedData(
        other,
        data.validation(),
        data.test(),
        data.trainBlocks(),
        data.validationBlocks(),
        data.testBlocks(),
        data.width(),
        data.trainSamples(),
        data.validationSamples(),
        data.testSamples(),
        data.samplesOfClass(),
        data.trainSamplesOfClass(),
        data.bad(),
        data.fingerprint(),
        data.strata(),
        data.checksums(),
        data.standardisation(),
        data.series());
  }

  static PackedData pack(JavaSparkContext spark, int partitions) {
    CsvSource digits =
        CsvSource.at("../data/digits.csv.gz")
            .classes(10)
            .scale(16)
            .test(0.2, 1)
            .blocks(32, 1)
            .build();
    return PackedData.pack(spark, digits, 256, partitions);
  }
}
