package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.anabranch.spark.job.DigitsRun.Ended;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both models of paths by the commands that put a run to use. */
class EvaluatePathsJobTest {
  private static final int PATHS = 150;
  @TempDir static Path folder;

  @BeforeAll
  static void trains() throws Exception {
    simulate("ou.csv", 1);
    simulate("other.csv", 2);
    Path configuration =
        Files.writeString(
            folder.resolve("paths.conf"),
            """
            data {
              format = series, path = "ou.csv", layout = wide, header = true
              length = 64, channels = [y], normalise = initial
            }
            train { epochs = 2, batch-size = 64, block-size = 32 }
            """);
    train(configuration, "sde-gan", "gan.state=6", "gan.hidden=[8]");
    train(
        configuration,
        "latent-sde",
        "latent.encoder-state=8",
        "latent.hidden=[8]",
        "data.time-step=0.02",
        "solver.sde-method=euler-maruyama");
  }

  private static void simulate(String name, int seed) {
    DigitsRun.assertDone(
        DigitsRun.command(
            "simulate", "ou", "--paths=" + PATHS, "--seed=" + seed, "--out", at(name)));
  }

  private static void train(Path configuration, String type, String... sizes) {
    List<String> all =
        new ArrayList<>(List.of("train", configuration.toString(), "model.type=" + type));
    all.addAll(List.of(sizes));
    all.addAll(List.of("--threads=2", "--out", at(type)));
    DigitsRun.assertDone(DigitsRun.command(all.toArray(new String[0])));
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static JsonNode evaluated(String... arguments) throws Exception {
    Ended ended = DigitsRun.command(arguments);
    DigitsRun.assertDone(ended);
    assertThat(ended.out().strip().lines()).hasSize(1);
    return new JsonMapper().readTree(ended.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sde-gan", "latent-sde"})
  void evaluationFindsWhatTheRunFoundAtItsEnd(String type) throws Exception {
    JsonNode found = evaluated("evaluate", at(type), "--json", "--master=local[1]");
    JsonNode recorded = JobProcess.summary(folder.resolve(type));
    assertThat(found.path("samples").asInt()).isEqualTo(PATHS / 5);
    assertThat(found.path("drawn").asInt()).isEqualTo(PATHS / 5);
    int figures = 0;
    for (Iterator<String> names = found.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (name.startsWith("paths.")) {
        figures++;
        assertThat(recorded.has(name)).as(name).isTrue();
        assertThat(found.path(name).asDouble())
            .as(name)
            .isCloseTo(recorded.path(name).asDouble(), within(1e-12));
      }
    }
    assertThat(figures).isEqualTo(13);
  }

  @Test
  void otherSeriesAreComparedAsAWholeAndTheTableTellsAllScores() {
    Ended ended = DigitsRun.command("evaluate", at("sde-gan"), "--data", at("other.csv"));
    DigitsRun.assertDone(ended);
    assertThat(ended.out())
        .contains("%d test paths, %d drawn".formatted(PATHS, PATHS))
        .containsPattern("largest KS at 5 times +0\\.\\d{4} +0\\.\\d{4} +\\d\\.\\d{4}")
        .containsPattern("mean KS at 5 times +0\\.\\d{4}")
        .containsPattern("signature MMD +\\d+\\.\\d{4}")
        .containsPattern("tells \\d+\\.\\d % rightly")
        .contains("trained on drawn paths");
  }

  @Test
  void seriesThatDoNotFitTheModelAreRefused() throws Exception {
    Files.write(folder.resolve("short.csv"), List.of("a,b,c", "1,2,3", "4,5,6"));
    DigitsRun.assertRefused(
        DigitsRun.command("evaluate", at("sde-gan"), "--data", at("short.csv"), "data.length=3"),
        "a path has 3 numbers",
        "64 times of 1 channels",
        "Check data.length");
    DigitsRun.assertRefused(
        DigitsRun.command("evaluate", at("sde-gan"), "data.test-fraction=0"),
        "0 for testing",
        "Raise data.test-fraction");
  }

  @Test
  void pathsOfALatentModelAreDrawn() throws Exception {
    DigitsRun.assertDone(
        DigitsRun.command(
            "sample", at("latent-sde"), "--paths=70", "--layout=wide", "--out", at("drawn")));
    List<CSVRecord> paths = DigitsRun.records(at("drawn"));
    assertThat(paths).hasSize(70).allSatisfy(path -> assertThat(path.size()).isEqualTo(64));
    assertThat(paths.stream().map(path -> path.get(0)).distinct()).hasSize(70);
  }
}
