package org.anabranch.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.DataProblem;
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
import org.anabranch.train.Scales;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors are processes of their own here, and some are killed. */
class LostExecutorTest {
  private static final int PARAMETERS = 50_000;
  private static final List<Integer> BLOCKS = IntStream.range(0, 24).boxed().toList();
  private static final Scales SCALES = new Scales(List.of(40, 40), 40);

  @TempDir static Path sparkFolder;
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws InterruptedException {
    spark = TestSpark.cluster(2, sparkFolder);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void anExecutorKilledInMidRoundDoesNotShow() throws Exception {
    double[] values = FormulaWorkers.values(PARAMETERS, 0);
    FormulaWorkers slow = new FormulaWorkers(PARAMETERS, false, folder.toString());
    try (PackedData data = pack(digits());
        Rounds rounds = SparkRounds.best(spark, data, slow)) {
      List<Block> blocks = new ArrayList<>(data.train().collect());
      CompletableFuture<Long> killed = CompletableFuture.supplyAsync(() -> killOne(folder));
      ExactSum sum = rounds.gradient(0, values, BLOCKS, SCALES);
      assertThat(ProcessHandle.of(killed.get())).as("the killed executor").isEmpty();
      assertThat(pids(folder)).as("processes that computed blocks").hasSizeGreaterThan(1);
      try (Rounds local = new LocalRounds(FormulaWorkers.of(PARAMETERS), blocks, List.of(), 1)) {
        ExactSum expected = local.gradient(0, values, BLOCKS, SCALES);
        assertThat(FormulaWorkers.content(sum, PARAMETERS))
            .isEqualTo(FormulaWorkers.content(expected, PARAMETERS));
      }
    }
  }

  @Test
  void anExecutorKilledAmongLocalStepsDoesNotShow() throws Exception {
    double[] values = FormulaWorkers.values(PARAMETERS, 0);
    FormulaWorkers slow = new FormulaWorkers(PARAMETERS, false, folder.toString());
    Averaging averaging = new Averaging(8, 3, Optimiser.sgd(1e-3, 0.9), OptimiserState.RESET);
    LocalRound round =
        new LocalRound(averaging, 0, new BatchPlan(24, 8, 1).batches(0, 3), List.of(1.0, 1.0, 1.0));
    try (PackedData data = pack(digits());
        Rounds rounds = new SparkRounds(spark, data, slow)) {
      List<Block> blocks = new ArrayList<>(data.train().collect());
      CompletableFuture<Long> killed = CompletableFuture.supplyAsync(() -> killOne(folder));
      ExactSum sum = rounds.localSteps(round, values, null);
      assertThat(ProcessHandle.of(killed.get())).as("the killed executor").isEmpty();
      assertThat(pids(folder)).as("processes that computed blocks").hasSizeGreaterThan(1);
      try (Rounds local = new LocalRounds(FormulaWorkers.of(PARAMETERS), blocks, List.of(), 1)) {
        ExactSum expected = local.localSteps(round, values, null);
        assertThat(FormulaWorkers.content(sum, PARAMETERS))
            .isEqualTo(FormulaWorkers.content(expected, PARAMETERS));
      }
    }
  }

  @Test
  void blocksThatAreLostWithTheInputChangedStopTheRound() throws Exception {
    double[] values = FormulaWorkers.values(PARAMETERS, 0);
    Path input = digits();
    try (PackedData data = pack(input);
        Rounds rounds = new SparkRounds(spark, data, FormulaWorkers.of(PARAMETERS))) {
      rounds.gradient(0, values, BLOCKS, SCALES);
      List<String> lines = Files.readAllLines(input);
      lines.set(99, lines.get(98));
      Files.write(input, lines);
      rounds.gradient(1, values, BLOCKS, SCALES);
      executors().forEach(LostExecutorTest::kill);
      List<Integer> all = IntStream.range(0, data.trainBlocks()).boxed().toList();
      assertThatExceptionOfType(DataProblem.class)
          .isThrownBy(() -> rounds.gradient(2, values, all, SCALES))
          .withMessageContaining("The input changed under the running job");
    }
  }

  private PackedData pack(Path input) {
    CsvSource source = CsvSource.at(input.toString()).classes(10).scale(16).blocks(32, 1).build();
    return PackedData.pack(spark, source, 256, 4);
  }

  /** The digits several times over, more than is packed on the driver. */
  private Path digits() throws IOException {
    Path plain = folder.resolve("digits.csv");
    try (InputStream packed =
        new GZIPInputStream(Files.newInputStream(Path.of("../data/digits.csv.gz")))) {
      String once = new String(packed.readAllBytes(), StandardCharsets.US_ASCII);
      Files.writeString(plain, once.repeat(20));
    }
    return plain;
  }

  /** Waits until some block is being computed and kills who does it. */
  private static long killOne(Path folder) {
    while (pids(folder).isEmpty()) {
      Thread.onSpinWait();
    }
    long executor = pids(folder).iterator().next();
    kill(executor);
    return executor;
  }

  private static Set<Long> executors() {
    return new HashSet<>(
        spark
            .parallelize(IntStream.range(0, 8).boxed().toList(), 8)
            .map(
                i -> {
                  Thread.sleep(100);
                  return ProcessHandle.current().pid();
                })
            .collect());
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static Set<Long> pids(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      Set<Long> pids = new HashSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .forEach(name -> pids.add(Long.valueOf(name)));
      return pids;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
