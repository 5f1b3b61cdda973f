package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anabranch.random.CounterRandom;
import org.anabranch.spark.job.DigitsRun.Ended;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SDE-GANs by the whole command: bits, lost processes, what is drawn, what is refused. */
class GanJobTest {
  private static final int TIMES = 10;
  private static final int ROUNDS = 36;
  @TempDir static Path folder;
  private static Path configuration = Path.of("");

  @BeforeAll
  static void trainsOnOneThread() throws Exception {
    Files.write(folder.resolve("paths.csv"), lines(400));
    configuration =
        Files.writeString(
            folder.resolve("gan.conf"),
            """
            seed = 3
            data {
              format = series, path = "paths.csv", layout = wide, header = true
              length = 10, channels = [y], normalise = initial
            }
            model.type = sde-gan
            gan { state = 6, hidden = [8], discriminator-state = 6, discriminator-hidden = [8] }
            train {
              epochs = 6, batch-size = 64, block-size = 32, optimiser = adadelta
              checkpoint-every = 3, evaluate-every = 3
            }
            """);
    for (String mode : List.of("gradient", "averaging")) {
      JobProcess.Ended ended = train(mode, mode, "--threads", "1", "--partitions", "1").await();
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(hash(mode)).hasSize(64);
    }
    assertThat(hash("gradient")).isNotEqualTo(hash("averaging"));
    assertThat(Files.readString(folder.resolve("gradient/provenance.json")))
        .contains("\"missingValues\" : 40");
  }

  /** Random walks, a hundredth of their values missing. */
  private static List<String> lines(int paths) {
    Stream<String> header =
        Stream.of(String.join(",", IntStream.range(0, TIMES).mapToObj(i -> "y" + i).toList()));
    Stream<String> rows = IntStream.range(0, paths).mapToObj(GanJobTest::line);
    return Stream.concat(header, rows).toList();
  }

  private static String line(int path) {
    List<String> cells = new ArrayList<>();
    double y = 0;
    for (int time = 0; time < TIMES; time++) {
      y += 0.3 * CounterRandom.normal(1, org.anabranch.random.Stream.SYNTHETIC, path, time, 0);
      cells.add((path + 7 * time) % 100 == 99 ? "" : String.valueOf((float) y));
    }
    return String.join(",", cells);
  }

  private static JobProcess train(String mode, String name, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--no-report"));
    if (mode.equals("averaging")) {
      all.addAll(
          List.of(
              "train.mode=averaging",
              "train.workers=2",
              "train.local-steps=4",
              "train.checkpoint-every=2",
              "gan.discriminator-steps=2"));
    }
    all.addAll(List.of(arguments));
    return JobProcess.start(folder, name, configuration, List.of(), all);
  }

  private static String hash(String name) throws IOException {
    return JobProcess.summary(folder.resolve(name)).path("parametersSha256").asText();
  }

  @ParameterizedTest
  @CsvSource({"gradient, 2, 3", "averaging, 2, 2", "averaging, 1, 5"})
  void partitionsAndThreadsDoNotChangeABit(String mode, String threads, String partitions)
      throws Exception {
    String name = mode + threads + partitions;
    JobProcess.Ended ended =
        train(mode, name, "--threads", threads, "--partitions", partitions).await();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(hash(name)).isEqualTo(hash(mode));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradient", "averaging"})
  void aKilledDriverResumesAndEndsWithTheSameParameters(String mode) throws Exception {
    String name = "killed-" + mode;
    int whole = mode.equals("gradient") ? ROUNDS : ROUNDS / 4;
    for (int rounds : new int[] {whole / 6 + 1, whole / 2}) {
      JobProcess job = train(mode, name, "--threads", "2", "--resume");
      job.awaitRounds(rounds);
      job.process().destroyForcibly().waitFor();
      assertThat(JobProcess.summary(folder.resolve(name)).path("status").asText())
          .isEqualTo("running");
    }
    JobProcess.Ended ended = train(mode, name, "--threads", "2", "--resume").await();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("Going on after round");
    assertThat(hash(name)).isEqualTo(hash(mode));
  }

  @Test
  void anExecutorKilledInMidRoundDoesNotChangeABit() throws Exception {
    JobProcess job = train("gradient", "cluster", "--master", "local-cluster[2,1,1024]");
    try {
      job.awaitRounds(3);
      job.killAnExecutor();
      JobProcess.Ended ended = job.await();
      assertThat(ended.code()).as(ended.output()).isZero();
    } finally {
      job.process().destroyForcibly();
    }
    assertThat(hash("cluster")).isEqualTo(hash("gradient"));
  }

  @Test
  void divergenceNamesTheNetworkAndLeavesTheLastGoodCheckpoint() throws Exception {
    JobProcess.Ended ended =
        train("gradient", "wild", "--threads", "1", "train.learning-rate=1e9").await();
    assertThat(ended.code()).as(ended.output()).isEqualTo(ExitCode.FAILURE);
    assertThat(ended.output())
        .containsPattern("Round \\d+: \\d+ of \\d+ samples failed")
        .containsPattern("Sample [0-9a-f]{16}: (generator|discriminator)")
        .doesNotContain("\tat ");
  }

  @Test
  void whatIsDrawnDoesNotDependOnWhereAndCanBeTrainedOn() throws Exception {
    Path one = folder.resolve("drawn-one");
    Path two = folder.resolve("drawn-two.parquet");
    sample("--paths=2500", "--layout=wide", "--out", one.toString(), "--master=local[1]");
    sample("--paths=2500", "--layout=wide", "--out", two.toString(), "--master=local[2]");
    List<String> rows = rows(one);
    assertThat(rows).hasSize(2500).doesNotHaveDuplicates();
    assertThat(rows.get(0).split(",", -1)).hasSize(TIMES);
    // Spark reads the files of a table in an order of its own.
    assertThat(PathTableRows.parquet(two)).containsExactlyInAnyOrderElementsOf(rows);
    Path few = folder.resolve("drawn-few");
    sample("--paths=3", "--out", few.toString());
    assertThat(rows(few)).hasSize(3 * TIMES);
    assertThat(rows(few).get(TIMES)).startsWith("1,0.0," + rows.get(1).split(",", -1)[0]);
    DigitsRun.assertDone(
        DigitsRun.command(
            "train",
            configuration.toString(),
            "data.path=" + one,
            "train.epochs=1",
            "--no-report",
            "--out",
            folder.resolve("again").toString()));
  }

  private static void sample(String... arguments) {
    List<String> all = new ArrayList<>(List.of("sample", folder.resolve("gradient").toString()));
    all.addAll(List.of(arguments));
    Ended ended = DigitsRun.command(all.toArray(new String[0]));
    DigitsRun.assertDone(ended);
    assertThat(ended.out()).contains(" paths of 10 times in ");
  }

  /** The lines of all parts but their headers. */
  private static List<String> rows(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      List<String> rows = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        rows.addAll(Files.readAllLines(file).stream().skip(1).toList());
      }
      return rows;
    }
  }

  @Test
  void commandsThatDoNotFitTheModelSayWhatDoes() {
    String run = folder.resolve("gradient").toString();
    DigitsRun.assertRefused(
        DigitsRun.command("sample", run, "--paths=0", "--out", run + "-x"), "--paths is 0");
    DigitsRun.assertRefused(
        DigitsRun.command("sample", run, "--covariates=a.csv", "--out", run + "-x"),
        "has none. Take it out");
    DigitsRun.assertRefused(
        DigitsRun.command("predict", run, "x.csv", "--out", run + "-x"), "sde-gan");
  }
}
