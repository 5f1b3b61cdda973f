package org.anabranch.spark.job;

import static org.anabranch.spark.job.DigitsRun.assertDone;
import static org.anabranch.spark.job.DigitsRun.assertRefused;
import static org.anabranch.spark.job.DigitsRun.command;
import static org.anabranch.spark.job.DigitsRun.records;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anabranch.spark.job.DigitsRun.Ended;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of DL4J before the model, by the commands, after its own file was deleted. */
class StemJobTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir static Path folder;
  private static DigitsRun run;
  private static byte[] original = {};

  @BeforeAll
  static void train() throws IOException {
    DigitsStem.requireNatives();
    run = DigitsRun.in(folder);
    Path stem = DigitsStem.save(folder.resolve("features.zip"), run.lines(), 60, 1);
    original = Files.readAllBytes(stem);
    assertDone(
        command(
            "train",
            Path.of("../conf/digits.conf").toAbsolutePath().toString(),
            "--out",
            run.location(),
            "--threads",
            "2",
            "train.epochs=3",
            "model.state=32",
            "model.stem=" + stem));
    Files.delete(stem);
  }

  private static JsonNode json(String file) throws IOException {
    return JSON.readTree(Path.of(run.location(), file).toFile());
  }

  @Test
  void theRunKeepsTheStemAndTheModelNamesIt() throws IOException {
    assertThat(Files.readAllBytes(Path.of(run.location(), "stem.zip"))).isEqualTo(original);
    JsonNode stem = json("model.json").path("settings").path("stem");
    assertThat(stem.path("file").asText()).isEqualTo("stem.zip");
    assertThat(stem.path("inputs").asInt()).isEqualTo(64);
    assertThat(stem.path("outputs").asInt()).isEqualTo(DigitsStem.OUTPUTS);
    assertThat(stem.path("sha256").asText())
        .isEqualTo(json("provenance.json").path("stemSha256").asText())
        .hasSize(64);
    assertThat(json("provenance.json").path("numericsId").asText())
        .isEqualTo("simd-float32-1+nd4j-float-rows");
  }

  @Test
  void theReportShowsTheSamplesAsTheyWereBeforeIt() throws IOException {
    JsonNode evaluation = json("evaluation.json");
    assertThat(evaluation.path("examined").asLong()).isEqualTo(359);
    assertThat(evaluation.path("image").path("side").asInt()).isEqualTo(8);
    assertThat(evaluation.path("mistakes").get(0).path("features")).hasSize(64);
    assertThat(json("trajectories.json").path("times")).hasSize(8 + 1);
    assertThat(Files.readString(Path.of(run.location(), "report.html")))
        .contains(json("provenance.json").path("stemSha256").asText());
  }

  @Test
  void itIsEvaluatedAsTheTrainingDid() throws IOException {
    Ended ended = command("evaluate", run.location(), "--json");
    assertDone(ended);
    JsonNode summary = json("summary.json");
    assertThat(JSON.readTree(ended.out()).path("test.loss").asDouble())
        .isEqualTo(summary.path("metrics").path("test.loss").asDouble());
    assertThat(summary.path("metrics").path("test.accuracy").asDouble()).isGreaterThan(0.8);
  }

  @Test
  void predictionsDoNotDependOnTheirNeighbours() throws IOException {
    List<String> lines = run.lines().subList(0, 40);
    String some = run.write("some.csv", lines);
    String last = run.write("last.csv", lines.subList(33, 40));
    String all = folder.resolve("all").toString();
    String few = folder.resolve("few").toString();
    assertDone(command("predict", run.location(), some, "--out", all));
    assertDone(command("predict", run.location(), last, "--out", few));
    List<CSVRecord> expected = records(all).subList(33, 40);
    List<CSVRecord> found = records(few);
    for (int i = 0; i < 7; i++) {
      assertThat(found.get(i).get("p3")).isEqualTo(expected.get(i).get("p3"));
    }
  }

  @Test
  void aChangedStemIsRefused() throws IOException {
    Path copy = folder.resolve("changed");
    Files.createDirectory(copy);
    for (String name :
        List.of("model.json", "parameters.safetensors", "configuration.conf", "summary.json")) {
      Files.copy(Path.of(run.location(), name), copy.resolve(name));
    }
    assertRefused(
        command("evaluate", copy.toString()), "there is no stem.zip", "Put the file back");
    byte[] changed = original.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(copy.resolve("stem.zip"), changed);
    assertRefused(command("evaluate", copy.toString()), "stem.zip: its SHA-256 is", "Put back");
  }

  @Test
  void theCheckTakesTheRunsOwnStem() {
    Ended ended =
        command("check", "../conf/digits.conf", "--samples", "2", "--run", run.location());
    assertDone(ended);
    assertThat(ended.out())
        .contains("at the parameters of " + run.location())
        .contains("Note: model.state is 32 in " + run.location() + " and 96 in ../conf/digits.conf")
        .contains("The gradient is certified.");
  }
}
