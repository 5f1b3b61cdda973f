package org.anabranch.spark.job;

import static org.anabranch.spark.job.DigitsRun.assertRefused;
import static org.anabranch.spark.job.DigitsRun.command;
import static org.anabranch.spark.job.DigitsRun.records;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.spark.job.DigitsRun.Ended;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate} and {@code predict} with the model of a short run on the digits. */
class PredictionTest {
  private static final JsonMapper JSON = new JsonMapper();
  @TempDir static Path folder;
  private static DigitsRun digitsRun = new DigitsRun(Path.of(""), List.of());
  private static String run = "";
  private static List<String> digits = List.of();

  @BeforeAll
  static void train() {
    digitsRun = DigitsRun.in(folder).train("train.epochs=3", "data.standardise=true");
    run = digitsRun.location();
    digits = digitsRun.lines();
  }

  private static String write(String name, List<String> lines) throws IOException {
    return digitsRun.write(name, lines);
  }

  @Test
  void anEvaluationGivesWhatTheRunGaveAtItsEnd() throws IOException {
    JsonNode summary = JSON.readTree(Path.of(run, "summary.json").toFile()).path("metrics");
    Ended json = command("evaluate", run, "--json");
    assertThat(json.code()).as(json.error()).isZero();
    JsonNode found = JSON.readTree(json.out());
    assertThat(found.path("samples").asInt()).isEqualTo(359);
    assertThat(found.path("test.accuracy").asDouble())
        .isEqualTo(summary.path("test.accuracy").asDouble())
        .isGreaterThan(0.7);
    assertThat(found.path("test.loss").asDouble()).isEqualTo(summary.path("test.loss").asDouble());
    String table = command("evaluate", run).out();
    assertThat(table).contains("359 samples", "recall");
  }

  @Test
  void otherDataAreEvaluatedAndPredictedAlike() throws IOException {
    String data = write("some.csv", digits.subList(0, 100));
    Ended evaluated = command("evaluate", run, "--data", data, "--json");
    assertThat(evaluated.code()).as(evaluated.error()).isZero();
    JsonNode evaluation = JSON.readTree(evaluated.out());
    assertThat(evaluation.path("samples").asInt()).isEqualTo(100);
    String out = folder.resolve("some").toString();
    Ended predicted = command("predict", run, data, "--out", out);
    assertThat(predicted.code()).as(predicted.error()).isZero();
    List<CSVRecord> records = records(out);
    assertThat(records).hasSize(100);
    long right =
        IntStream.range(0, 100)
            .filter(i -> records.get(i).get("predicted").equals(records.get(i).get("label")))
            .count();
    assertThat(evaluation.path("test.accuracy").asDouble()).isEqualTo(right / 100.0);
    assertThat(predicted.out()).contains("100 records", "predictions in " + out);
    double loss = 0;
    for (int i = 0; i < 100; i++) {
      CSVRecord record = records.get(i);
      assertThat(record.get("file")).endsWith("some.csv");
      assertThat(record.get("record")).isEqualTo(String.valueOf(i + 1));
      double[] shares =
          IntStream.range(0, 10)
              .mapToDouble(k -> Double.parseDouble(record.get("p" + k)))
              .toArray();
      assertThat(Arrays.stream(shares).sum()).isBetween(0.9999, 1.0001);
      assertThat(digits.get(i)).endsWith("," + record.get("label"));
      loss -= Math.log(shares[Integer.parseInt(record.get("label"))]);
    }
    assertThat(evaluation.path("test.loss").asDouble())
        .isBetween(loss / 100 - 1e-4, loss / 100 + 1e-4);
  }

  @Test
  void recordsWithoutALabelGetThePredictionsOfThoseWithOne() throws IOException {
    List<String> bare =
        digits.subList(0, 70).stream()
            .map(line -> line.substring(0, line.lastIndexOf(',')))
            .toList();
    String out = folder.resolve("bare").toString();
    Ended ended = command("predict", run, write("bare.csv", bare), "--no-labels", "--out", out);
    assertThat(ended.code()).as(ended.error()).isZero();
    String with = folder.resolve("with").toString();
    command("predict", run, write("with.csv", digits.subList(0, 70)), "--out", with);
    List<CSVRecord> expected = records(with);
    List<CSVRecord> found = records(out);
    assertThat(found).hasSize(70);
    for (int i = 0; i < 70; i++) {
      assertThat(found.get(i).get("label")).isEmpty();
      for (String column : List.of("predicted", "p0", "p9")) {
        assertThat(found.get(i).get(column)).isEqualTo(expected.get(i).get(column));
      }
    }
  }

  @Test
  void aRecordThatCannotBeUsedIsNoted() throws IOException {
    List<String> lines = new ArrayList<>(digits.subList(0, 40));
    lines.set(7, "not,a,digit");
    String out = folder.resolve("noted").toString();
    Ended ended = command("predict", run, write("noted.csv", lines), "--out", out);
    assertThat(ended.code()).as(ended.error()).isZero();
    assertThat(ended.out()).contains("40 records", "1 without a prediction");
    assertThat(records(out).stream().filter(r -> r.get("predicted").isEmpty()))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.get("record")).isEqualTo("8");
              assertThat(record.get("note")).contains("3 columns, expected 65");
            });
  }

  @Test
  void whatCannotBeDoneIsSaidBeforeItIsBegun() throws IOException {
    String data = write("few.csv", digits.subList(0, 3));
    assertRefused(command("predict", run, data, "--out", folder.toString()), "exists already");
    String out = folder.resolve("none").toString();
    assertRefused(
        command("predict", run, data, "--no-labels", "--out", out, "data.features=65"),
        "65 features",
        "trained with 64");
    assertRefused(command("predict", run, "nowhere.csv", "--out", out), "nowhere.csv");
    assertRefused(command("evaluate", folder.resolve("nothing").toString()), "nothing");
    assertThat(Path.of(out)).doesNotExist();
  }
}
