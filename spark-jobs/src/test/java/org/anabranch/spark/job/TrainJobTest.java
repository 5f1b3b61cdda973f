package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anabranch.spark.job.JobProcess.Ended;
import org.anabranch.train.Safetensors;
import org.anabranch.train.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole command in processes of its own, on the real digits: wherever rounds are computed and
 * however often the process is killed, the parameters end with the same hash.
 */
class TrainJobTest {
  private static final JsonMapper JSON = new JsonMapper();
  @TempDir static Path folder;
  private static String expected = "";

  private static final String[] VALIDATED = {
    "--threads",
    "2",
    "data.validation-fraction=0.1",
    "train.optimiser=adabelief",
    "train.weight-decay=0.01",
    "train.clip-norm=0.5",
    "train.schedule.type=plateau",
    "train.schedule.patience=1",
    "train.schedule.warm-up=5",
    "train.early-stopping=3",
    "train.keep-best=true",
    "train.class-weights=balanced"
  };

  @BeforeAll
  static void trainsOnOneThread() throws Exception {
    Ended ended = train("one", "--threads", "1", "--partitions", "1");
    assertThat(ended.code()).as(ended.output()).isZero();
    expected = summary("one").path("parametersSha256").asText();
    assertThat(expected).hasSize(64);
  }

  @Test
  void leavesSummaryMetricsProvenanceAndModel() throws Exception {
    JsonNode summary = summary("one");
    assertThat(summary.path("status").asText()).isEqualTo("completed");
    assertThat(summary.path("metrics").path("test.accuracy").asDouble()).isGreaterThan(0.7);
    assertThat(summary.path("rounds").asLong()).isEqualTo(24);
    List<String> metrics = Files.readAllLines(folder.resolve("one/metrics.jsonl"));
    assertThat(metrics).hasSize(24 + 1);
    JsonNode provenance = JSON.readTree(folder.resolve("one/provenance.json").toFile());
    assertThat(provenance.path("numericsId").asText()).isEqualTo("simd-float32-1");
    assertThat(provenance.path("trainSamples").asLong()).isEqualTo(1438);
    Safetensors parameters =
        Safetensors.read(
            Files.readAllBytes(folder.resolve("one/parameters.safetensors")), "parameters");
    assertThat(parameters.tensors()).containsKeys("stem.weight", "field.0.bias", "head.weight");
    JsonNode evaluation = JSON.readTree(folder.resolve("one/evaluation.json").toFile());
    assertThat(evaluation.path("confusion")).isEqualTo(summary.path("confusion"));
    assertThat(evaluation.path("examined").asLong()).isEqualTo(359);
    assertThat(evaluation.path("wrong").asLong())
        .isEqualTo(359 - evaluation.path("correct").asLong());
    assertThat(evaluation.path("mistakes").get(0).path("features")).hasSize(64);
    assertThat(evaluation.path("solve").path("evaluations").asLong()).isEqualTo(8 + 1);
    JsonNode ways = JSON.readTree(folder.resolve("one/trajectories.json").toFile());
    assertThat(ways.path("times")).hasSize(8 + 1);
    assertThat(metrics.get(24)).contains("\"solver.defect\":0.0", "\"solver.reconstruction\":0.0");
    JsonNode execution = JSON.readTree(folder.resolve("one/execution.json").toFile());
    assertThat(execution.path("executors").findValuesAsText("phase"))
        .contains("gradient", "evaluation");
    try (Stream<Path> files = Files.list(folder.resolve("one"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("configuration.conf", "model.json", "report.html")
          .noneMatch(name -> name.contains(".tmp-"));
    }
  }

  @Test
  void withoutAReportTheParametersAreTheSame() throws Exception {
    Ended ended = train("bare", "--threads", "1", "--no-report");
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(summary("bare").path("parametersSha256").asText()).isEqualTo(expected);
    try (Stream<Path> files = Files.list(folder.resolve("bare"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .doesNotContain("report.html", "evaluation.json", "execution.json");
    }
  }

  @Test
  void aQuietRunPrintsNothingAndOneForProgramsALineOfJson() throws Exception {
    Ended quiet = train("quiet", "--threads", "2", "--quiet", "--no-report", "train.epochs=1");
    assertThat(quiet.code()).as(quiet.output()).isZero();
    assertThat(withoutWarningsOfJava(quiet)).isEmpty();
    Ended json = train("json", "--threads", "2", "--json", "--no-report", "train.epochs=1");
    assertThat(json.code()).as(json.output()).isZero();
    JsonNode printed = JSON.readTree(withoutWarningsOfJava(json));
    assertThat(printed).isEqualTo(summary("json"));
    assertThat(printed.path("status").asText()).isEqualTo("completed");
  }

  private static String withoutWarningsOfJava(Ended ended) {
    return ended
        .output()
        .lines()
        .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void float64IsKeptFromThePassesToTheModel() throws Exception {
    Ended ended = train("double", "--threads", "1", "precision=float64");
    assertThat(ended.code()).as(ended.output()).isZero();
    JsonNode provenance = JSON.readTree(folder.resolve("double/provenance.json").toFile());
    assertThat(provenance.path("numericsId").asText()).isEqualTo("simd-float64-1");
    assertThat(summary("double").path("parametersSha256").asText()).isNotEqualTo(expected);
    byte[] file = Files.readAllBytes(folder.resolve("double/parameters.safetensors"));
    assertThat(Safetensors.read(file, "parameters").tensors().values())
        .allSatisfy(tensor -> assertThat(tensor.type()).isEqualTo(Tensor.Type.F64));
  }

  @ParameterizedTest
  @CsvSource({"local[1], 7", "local[2], 2", "local[2], 3"})
  void partitionsAndThreadsDoNotChangeABit(String master, int partitions) throws Exception {
    String name = "p" + partitions;
    Ended ended = train(name, "--master", master, "--partitions", String.valueOf(partitions));
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(summary(name).path("parametersSha256").asText()).isEqualTo(expected);
  }

  @Test
  void anExecutorKilledInMidRoundDoesNotChangeABit() throws Exception {
    JobProcess job = start("cluster", "--master", "local-cluster[2,1,1024]");
    try {
      job.awaitRounds(3);
      job.killAnExecutor();
      Ended ended = job.await();
      assertThat(ended.code()).as(ended.output()).isZero();
    } finally {
      job.process().destroyForcibly();
    }
    assertThat(summary("cluster").path("parametersSha256").asText()).isEqualTo(expected);
  }

  @Test
  void aKilledRunResumesAndEndsWithTheSameParameters() throws Exception {
    for (int rounds : new int[] {1, 9, 17}) {
      JobProcess job = start("killed", "--threads", "2", "--resume");
      job.awaitRounds(rounds);
      job.process().destroyForcibly().waitFor();
      assertThat(summary("killed").path("status").asText()).isEqualTo("running");
    }
    Ended ended = train("killed", "--threads", "2", "--resume");
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("Going on after round");
    assertThat(summary("killed").path("parametersSha256").asText()).isEqualTo(expected);
    List<String> metrics = Files.readAllLines(folder.resolve("killed/metrics.jsonl"));
    assertThat(metrics).hasSize(24 + 1);
  }

  /** State of the rule, scores, best parameters and the rate go through the checkpoint. */
  @Test
  void aRunThatIsValidatedGoesOnToTheSameParameters() throws Exception {
    Ended whole = train("whole", VALIDATED);
    assertThat(whole.code()).as(whole.output()).isZero();
    assertThat(whole.output()).contains("for validation", "validation loss");
    String[] one =
        Stream.concat(Stream.of(VALIDATED), Stream.of("train.epochs=1")).toArray(String[]::new);
    String[] on = Stream.concat(Stream.of(VALIDATED), Stream.of("--resume")).toArray(String[]::new);
    assertThat(train("halves", one).code()).isZero();
    Ended ended = train("halves", on);
    assertThat(ended.output()).contains("Going on after round");
    assertThat(summary("halves").path("parametersSha256").asText())
        .isEqualTo(summary("whole").path("parametersSha256").asText())
        .isNotEqualTo(expected);
    JsonNode metrics = summary("whole").path("metrics");
    assertThat(metrics.path("validation.accuracy").asDouble()).isGreaterThan(0.5);
    assertThat(Files.readString(folder.resolve("whole/metrics.jsonl")))
        .contains("\"validation.loss\"");
    JsonNode provenance = JSON.readTree(folder.resolve("whole/provenance.json").toFile());
    assertThat(provenance.path("testSamples").asLong()).isEqualTo(359); // as without validation
    assertThat(provenance.path("validationSamples").asLong()).isEqualTo(179);
  }

  @Test
  void aFolderThatHoldsARunIsRefused() throws Exception {
    Ended ended = train("one", "--threads", "1");
    assertThat(ended.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(ended.output())
        .contains("already holds a run")
        .contains("--resume")
        .doesNotContain("\tat ");
  }

  @Test
  void aFolderOfSomethingElseIsNeverCleared() throws Exception {
    Files.createDirectories(folder.resolve("thesis"));
    Files.writeString(folder.resolve("thesis/chapter1.tex"), "It was a dark night.");
    Ended ended = train("thesis", "--threads", "1", "--overwrite");
    assertThat(ended.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(ended.output()).contains("chapter1.tex").doesNotContain("\tat ");
    assertThat(folder.resolve("thesis/chapter1.tex")).exists();
  }

  @Test
  void aCheckpointOfAnotherConfigurationIsRefused() throws Exception {
    Ended first = train("other", "--threads", "2", "train.epochs=1");
    assertThat(first.code()).as(first.output()).isZero();
    Ended ended = train("other", "--threads", "2", "--resume", "solver.steps=5");
    assertThat(ended.code()).as(ended.output()).isEqualTo(ExitCode.MISTAKE);
    assertThat(ended.output()).doesNotContain("\tat ");
  }

  private static Ended train(String name, String... arguments) throws Exception {
    return start(name, arguments).await();
  }

  private static JobProcess start(String name, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("train.epochs=2", "train.checkpoint-every=5"));
    all.addAll(List.of(arguments));
    return JobProcess.start(folder, name, all);
  }

  private static JsonNode summary(String name) throws IOException {
    return JobProcess.summary(folder.resolve(name));
  }
}
