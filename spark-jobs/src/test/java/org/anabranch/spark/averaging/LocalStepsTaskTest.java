package org.anabranch.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Averaging;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.Block;
import org.anabranch.train.ExactSum;
import org.anabranch.train.LocalRound;
import org.anabranch.train.LocalRounds;
import org.anabranch.train.Optimiser;
import org.anabranch.train.OptimiserState;
import org.anabranch.train.Rounds;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Five logical workers on the real digits; the oracle is one thread. */
class LocalStepsTaskTest {
  private static final int PARAMETERS = 1_501;
  private static final int NUMBERS = 3 * PARAMETERS + 2;
  private static final FormulaWorkers WORKERS = FormulaWorkers.of(PARAMETERS);
  private static final Averaging AVERAGING =
      new Averaging(5, 4, Optimiser.adam(1e-3, 0.9, 0.999, 1e-8), OptimiserState.AVERAGE);

  private static JavaSparkContext spark;
  private static List<Block> train;

  @BeforeAll
  static void start() {
    spark = TestSpark.local(2);
    try (PackedData data = pack(1)) {
      train = data.train().collect();
    }
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void partitionsDoNotShow(int partitions) {
    try (PackedData data = pack(partitions);
        Rounds rounds = new SparkRounds(spark, data, WORKERS)) {
      assertThat(twoRounds(rounds)).isEqualTo(oracle());
    }
  }

  @Test
  void threadsOfATaskDoNotShow() {
    stop();
    spark = TestSpark.local(3, 3);
    try (PackedData data = pack(2);
        Rounds rounds = new SparkRounds(spark, data, WORKERS)) {
      assertThat(twoRounds(rounds)).isEqualTo(oracle());
    } finally {
      stop();
      spark = TestSpark.local(2);
    }
  }

  @Test
  void gradientsAfterLocalStepsAreThoseOfTheirParameters() {
    double[] values = FormulaWorkers.values(PARAMETERS, 0);
    try (PackedData data = pack(2);
        Rounds rounds = new SparkRounds(spark, data, WORKERS)) {
      ExactSum before = rounds.gradient(0, values, List.of(0, 1, 2), null);
      ExactSum expected = rounds.gradient(0, values, List.of(0, 1, 2), before.nextScales());
      rounds.localSteps(round(0, 3), start(0), null);
      ExactSum after = rounds.gradient(1, values, List.of(0, 1, 2), before.nextScales());
      assertThat(FormulaWorkers.content(after, PARAMETERS))
          .isEqualTo(FormulaWorkers.content(expected, PARAMETERS));
    }
  }

  @Test
  void aLostBlockStopsTheRound() {
    try (PackedData data = pack(2)) {
      PackedData lossy =
          SparkRoundsTest.withTrain(data, data.train().filter(block -> block.number() != 3));
      Rounds rounds = new SparkRounds(spark, lossy, WORKERS);
      assertThatExceptionOfType(Exception.class)
          .isThrownBy(() -> rounds.localSteps(round(0, 13), start(0), null))
          .withMessageContaining("block 3 of worker 3");
    }
  }

  @Test
  void dataThatWereDealtForOthersAreRefused() {
    try (PackedData data = SparkRoundsTest.pack(spark, 2);
        Rounds rounds = new SparkRounds(spark, data, WORKERS)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rounds.localSteps(round(0, 3), start(0), null))
          .withMessageContaining("8 strata, which 5 workers");
    }
  }

  private static List<Map<String, Object>> oracle() {
    try (Rounds rounds = new LocalRounds(WORKERS, train, List.of(), 1)) {
      return twoRounds(rounds);
    }
  }

  private static List<Map<String, Object>> twoRounds(Rounds rounds) {
    List<Map<String, Object>> sums = new ArrayList<>();
    for (int number = 0; number < 2; number++) {
      ExactSum first = rounds.localSteps(round(7L * number, 7L * number + 4), start(number), null);
      ExactSum again =
          rounds.localSteps(round(7L * number, 7L * number + 4), start(number), first.nextScales());
      sums.add(FormulaWorkers.content(again, NUMBERS));
    }
    return sums;
  }

  private static LocalRound round(long from, long to) {
    BatchPlan plan = new BatchPlan(train.size(), 10, 1);
    return new LocalRound(
        AVERAGING, from, plan.batches(from, to), Collections.nCopies((int) (to - from), 1.0));
  }

  /** Parameters and what Adam keeps: moments, of which the squares are positive, and powers. */
  private static double[] start(int round) {
    return FormulaWorkers.values(NUMBERS, round);
  }

  private static PackedData pack(int partitions) {
    CsvSource digits =
        CsvSource.at("../data/digits.csv.gz")
            .classes(10)
            .scale(16)
            .test(0.2, 1)
            .blocks(32, 1)
            .build();
    return PackedData.pack(spark, digits, AVERAGING.workers() * 32, partitions);
  }
}
