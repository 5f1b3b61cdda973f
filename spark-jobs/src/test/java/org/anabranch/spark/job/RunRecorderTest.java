package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.job.RunOptions.Reuse;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.Diverged;
import org.anabranch.train.Evaluation;
import org.anabranch.train.TrainingResult;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {
  private static final Evaluation EVALUATION =
      new Evaluation(2, 4, 3, List.of(List.of(2L, 0L), List.of(1L, 1L)));

  @TempDir private Path folder;

  @Test
  void aCompletedRunLeavesWhatItIsMadeOfAndHowItEnded() throws IOException {
    record(Reuse.REFUSE, RunRecorderTest::trainTwoRounds);
    Map<String, Object> summary = summary();
    assertThat(summary)
        .containsEntry("program", "anabranch")
        .containsEntry("status", "completed")
        .containsEntry("name", "toy")
        .containsEntry("rounds", 2)
        .containsEntry("samples", 64)
        .containsEntry("failures", 1)
        .containsEntry("repeatedRounds", 1)
        .containsEntry(
            "metrics",
            Map.of(
                "train.loss",
                0.5,
                "train.accuracy",
                0.75,
                "test.loss",
                0.5,
                "test.accuracy",
                0.75));
    assertThat((String) summary.get("parametersSha256")).hasSize(64);
    assertThat((Double) summary.get("seconds")).isPositive();
    assertThat(Files.readAllLines(out().resolve("metrics.jsonl")))
        .containsExactly(
            "{\"round\":1,\"train.loss\":null,\"train.accuracy\":0.5,\"samples\":32,\"seconds\":0.1}",
            "{\"round\":2,\"train.loss\":0.5,\"train.accuracy\":0.75,\"samples\":64,\"seconds\":0.2}",
            "{\"round\":2,\"test.loss\":0.5,\"test.accuracy\":0.75}");
    assertThat(out().resolve("model.json")).hasContent("{}");
    assertThat(out().resolve("parameters.safetensors")).hasBinaryContent(new byte[] {7});
    assertThat(out().resolve("configuration.conf"))
        .content()
        .contains("data.classes = 2  # toy.conf:2", "solver.steps = 10  # default");
    Map<String, Object> provenance =
        Json.object(Files.readAllBytes(out().resolve("provenance.json")));
    assertThat(provenance)
        .containsKeys(
            "version",
            "commit",
            "java",
            "spark",
            "hadoop",
            "system",
            "processor",
            "processors",
            "float32Lanes",
            "settings",
            "settingsSha256",
            "commandLine");
    assertThat(provenance).containsEntry("numerics", "n1").containsEntry("spark", "4.2.0");
    assertThat(provenance).containsEntry("kernels", "vector");
    assertThat(provenance.get("commandLine")).isEqualTo(List.of("train", "toy.conf"));
  }

  @Test
  void aFolderThatHoldsARunIsRefused() throws IOException {
    record(Reuse.REFUSE, RunRecorderTest::trainTwoRounds);
    byte[] before = Files.readAllBytes(out().resolve("summary.json"));
    assertThat(mistake(Reuse.REFUSE))
        .isEqualTo(
            out()
                + ": the folder already holds a run (completed, 2 rounds). Add --resume to go on with it, --overwrite to replace it, or --out DIR for another folder.");
    assertThat(out().resolve("summary.json")).hasBinaryContent(before);
  }

  @Test
  void overwritingDeletesTheRunAndNothingElse() throws IOException {
    record(
        Reuse.REFUSE,
        recorder -> {
          new Checkpoints(recorder.folder()).save(checkpoint(1, "f"));
          trainTwoRounds(recorder);
        });
    Files.writeString(out().resolve("notes.txt"), "mine");
    Files.createDirectory(out().resolve("plots"));
    record(
        Reuse.OVERWRITE,
        recorder -> {
          assertThat(recorder.checkpoint("f", warning -> {})).isEmpty();
          assertThat(names())
              .containsExactlyInAnyOrder(
                  "summary.json", "provenance.json", "configuration.conf", "notes.txt", "plots");
        });
  }

  @Test
  void filesThatNoRunWroteAreNeverTouchedWhateverIsAsked() throws IOException {
    for (Reuse reuse : Reuse.values()) {
      Files.createDirectories(out());
      Files.deleteIfExists(out().resolve("summary.json"));
      Files.writeString(out().resolve("model.json"), "mine");
      assertThat(mistake(reuse))
          .isEqualTo(
              out()
                  + ": the folder holds files that no run wrote (model.json), and none of them is touched. Give --out another folder.");
      Files.writeString(out().resolve("summary.json"), "{\"program\":\"another\"}");
      assertThat(mistake(reuse)).contains("files that no run wrote (model.json, summary.json)");
      Files.writeString(out().resolve("summary.json"), "no JSON");
      assertThat(mistake(reuse)).contains("files that no run wrote (model.json, summary.json)");
      assertThat(names()).containsExactlyInAnyOrder("model.json", "summary.json");
    }
  }

  @Test
  void aFolderWithFoldersOfSomebodyElseIsRefused() throws IOException {
    Files.createDirectories(out().resolve("photos"));
    assertThat(mistake(Reuse.OVERWRITE)).contains("(photos)");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Files.writeString(out(), "x");
    assertThat(mistake(Reuse.REFUSE))
        .isEqualTo(out() + ": it is a file, and a run needs a folder. Give --out another name.");
  }

  @Test
  void anEmptyFolderAndWhatAKilledProcessLeftAreUsed() throws IOException {
    Files.createDirectories(out());
    Files.writeString(out().resolve("summary.json.tmp-123"), "{");
    record(Reuse.REFUSE, RunRecorderTest::trainTwoRounds);
    assertThat(names()).doesNotContain("summary.json.tmp-123");
  }

  @Test
  void aRunThatEndedBeforeItsFirstRoundIsReplacedWithoutBeingAsked() throws IOException {
    assertThatThrownBy(
            () ->
                record(
                    Reuse.REFUSE,
                    recorder -> {
                      throw new DataProblem("x.csv: no such file. Check data.path.");
                    }))
        .isInstanceOf(DataProblem.class)
        .hasMessageStartingWith("x.csv");
    assertThat(summary())
        .containsEntry("status", "failed")
        .containsEntry("message", "x.csv: no such file. Check data.path.");
    record(Reuse.REFUSE, RunRecorderTest::trainTwoRounds);
    assertThat(summary()).containsEntry("status", "completed").doesNotContainKey("message");
  }

  @Test
  void aFailedRunSaysWhy() throws IOException {
    assertThatThrownBy(
            () ->
                record(
                    Reuse.REFUSE,
                    recorder -> {
                      recorder.round(1, 2, 1, 1, 32, 1);
                      throw new Diverged(2, "Round 2: too far. Lower it.");
                    }))
        .isInstanceOf(RunFailure.class)
        .hasMessage("Round 2: too far. Lower it.");
    assertThat(summary())
        .containsEntry("status", "failed")
        .containsEntry("rounds", 1)
        .containsEntry("message", "Round 2: too far. Lower it.");
    assertThat(out().resolve("failure.txt")).doesNotExist();
    assertThat(Files.readAllLines(out().resolve("metrics.jsonl"))).hasSize(1);
  }

  @Test
  void whatNobodyExpectedLeavesItsTraceInTheFolder() throws IOException {
    assertThatThrownBy(
            () ->
                record(
                    Reuse.REFUSE,
                    recorder -> {
                      throw new IllegalStateException("the moon is full");
                    }))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "anabranch: the run failed: the moon is full. The full trace is in %s/failure.txt."
                .formatted(out()));
    assertThat(out().resolve("failure.txt"))
        .content()
        .contains("java.lang.IllegalStateException: the moon is full", "\tat ");
    assertThatThrownBy(
            () ->
                record(
                    Reuse.REFUSE,
                    recorder -> {
                      throw new OutOfMemoryError("Java heap space");
                    }))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("ANABRANCH_JAVA_OPTS");
  }

  @Test
  void aRunGoesOnFromItsCheckpointAndForgetsLaterMetrics() throws IOException {
    assertThatThrownBy(
            () ->
                record(
                    Reuse.REFUSE,
                    recorder -> {
                      recorder.round(1, 9, 1, 1, 32, 1);
                      recorder.round(2, 9, 1, 1, 64, 1);
                      new Checkpoints(recorder.folder()).save(checkpoint(2, "f"));
                      assertThat(Files.readAllLines(out().resolve("metrics.jsonl")))
                          .describedAs("written before the checkpoint")
                          .hasSize(2);
                      recorder.round(3, 9, 1, 1, 96, 1);
                      throw new IllegalStateException("stopped");
                    }))
        .isInstanceOf(RunFailure.class);
    double seconds = (Double) summary().get("seconds");
    record(
        Reuse.RESUME,
        recorder -> {
          assertThat(recorder.checkpoint("f", warning -> {}))
              .hasValueSatisfying(found -> assertThat(found.round()).isEqualTo(2));
          assertThat(Files.readAllLines(out().resolve("metrics.jsonl"))).hasSize(2);
          recorder.identify("numerics", "n1");
          recorder.round(3, 9, 1, 1, 32, 1);
        });
    assertThat(summary()).containsEntry("samples", 96 + 32).containsEntry("rounds", 3);
    assertThat((Double) summary().get("seconds")).isGreaterThanOrEqualTo(seconds);
    assertThat(Files.readAllLines(out().resolve("metrics.jsonl")))
        .hasSize(3)
        .last()
        .asString()
        .startsWith("{\"round\":3");
    assertThat(out().resolve("failure.txt")).doesNotExist();
    assertThat(
            (List<?>)
                Json.object(Files.readAllBytes(out().resolve("provenance.json"))).get("resumed"))
        .hasSize(1);
  }

  @Test
  void resumingWithoutARunStartsOne() throws IOException {
    record(
        Reuse.RESUME,
        recorder -> {
          assertThat(recorder.checkpoint("f", warning -> {})).isEmpty();
          trainTwoRounds(recorder);
        });
    assertThat(summary()).containsEntry("status", "completed");
  }

  @Test
  void resumingWithOtherSettingsIsRefusedAndSaysWhich() throws IOException {
    record(Reuse.REFUSE, RunRecorderTest::trainTwoRounds);
    assertThat(mistake(Reuse.RESUME, "model.hidden=[65]", "seed=9"))
        .isEqualTo(
            out()
                + ": --resume would go on with other settings: seed was 1 and is 9 (command line); model.hidden was [64] and is [65] (command line). Restore them, or give --overwrite, or another --out.");
    record(Reuse.RESUME, RunRecorderTest::trainTwoRounds, "train.epochs=99", "spark.partitions=3");
  }

  @Test
  void resumingWithOtherDataIsRefused() throws IOException {
    record(
        Reuse.REFUSE,
        recorder -> {
          recorder.identify("data", "a");
          recorder.round(1, 2, 1, 1, 32, 1);
        });
    String before = Files.readString(out().resolve("configuration.conf"));
    assertThatThrownBy(
            () ->
                record(
                    Reuse.RESUME,
                    recorder -> recorder.identify("data", "b"),
                    "data.path=elsewhere.csv"))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("another data: it was a and is b");
    assertThat(out().resolve("configuration.conf")).hasContent(before);
    record(
        Reuse.RESUME,
        recorder -> {
          recorder.identify("data", "a");
          assertThat(recorder.checkpoint("f", warning -> {})).isEmpty();
        },
        "data.path=elsewhere.csv");
    assertThat(out().resolve("configuration.conf")).content().contains("elsewhere.csv");
  }

  @Test
  void aCheckpointOfAnotherModelIsAMistake() throws IOException {
    record(
        Reuse.REFUSE,
        recorder -> {
          new Checkpoints(recorder.folder()).save(checkpoint(1, "f"));
          trainTwoRounds(recorder);
        });
    assertThatThrownBy(
            () -> record(Reuse.RESUME, recorder -> recorder.checkpoint("g", warning -> {})))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("checkpoint-");
    Path file = out().resolve("checkpoint-000000001.safetensors");
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(
            () -> record(Reuse.RESUME, recorder -> recorder.checkpoint("f", warning -> {})))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("checkpoint-");
  }

  @Test
  void controlCLeavesAStatusAndEndsWith130() throws Exception {
    Process process = start();
    await(process);
    assertThat(mistake(Reuse.OVERWRITE))
        .contains("process " + process.pid() + " is training there now");
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("Interrupted at round 1. To go on: anabranch resume " + out());
    assertThat(summary()).containsEntry("status", "interrupted").containsEntry("rounds", 1);
  }

  @Test
  void aKilledRunCanGoOn() throws Exception {
    Process process = start();
    await(process);
    process.destroyForcibly().waitFor();
    assertThat(summary()).containsEntry("status", "running");
    record(Reuse.RESUME, RunRecorderTest::trainTwoRounds);
    assertThat(summary()).containsEntry("status", "completed");
  }

  /** A process that records one round and then waits. */
  static final class Waiting {
    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      TrainingConfiguration configuration =
          Configurations.toy(folder, "out=" + folder.resolve("out"));
      RunRecorder.recording(
          configuration,
          options(Reuse.REFUSE),
          Configuration::new,
          recorder -> {
            recorder.round(1, 2, 1, 1, 32, 1);
            System.out.println("waiting");
            Thread.sleep(60_000);
          });
    }
  }

  private Process start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Waiting.class.getName(),
            folder.toString()));
    return new ProcessBuilder(command).start();
  }

  private static void await(Process process) throws IOException {
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("waiting");
  }

  private static void trainTwoRounds(RunRecorder recorder) throws IOException {
    recorder.identify("numerics", "n1");
    recorder.note("kernels", "vector");
    recorder.round(1, 2, Double.NaN, 0.5, 32, 0.1);
    recorder.round(2, 2, 0.5, 0.75, 64, 0.2);
    recorder.evaluated(2, EVALUATION);
    recorder.model("{}", new byte[] {7});
    recorder.completed(
        new TrainingResult(new double[] {1}, 2, 64, 1, 1, 0.1, 0.5, 0.75, EVALUATION));
  }

  private void record(Reuse reuse, RunRecorder.Work work, String... settings) throws IOException {
    RunRecorder.recording(configuration(settings), options(reuse), Configuration::new, work);
  }

  private String mistake(Reuse reuse, String... settings) {
    Mistake mistake =
        catchThrowableOfType(
            Mistake.class,
            () ->
                record(
                    reuse,
                    recorder -> {
                      throw new AssertionError("it started");
                    },
                    settings));
    assertThat(mistake).isNotNull();
    return mistake.getMessage();
  }

  private TrainingConfiguration configuration(String... settings) {
    String[] all =
        Stream.concat(Stream.of("out=" + out()), Stream.of(settings)).toArray(String[]::new);
    return Configurations.toy(folder, all);
  }

  private static RunOptions options(Reuse reuse) {
    return new RunOptions(reuse, List.of("train", "toy.conf"));
  }

  private static Checkpoint checkpoint(long round, String fingerprint) {
    return Checkpoint.of(
        round, Map.of("parameters", new double[] {1}), Map.of(Checkpoint.FINGERPRINT, fingerprint));
  }

  private Path out() {
    return folder.resolve("out");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(out())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Map<String, Object> summary() throws IOException {
    return Json.object(Files.readAllBytes(out().resolve("summary.json")));
  }
}
