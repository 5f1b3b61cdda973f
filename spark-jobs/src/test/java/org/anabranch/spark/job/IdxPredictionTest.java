package org.anabranch.spark.job;

import static org.anabranch.spark.job.DigitsRun.assertDone;
import static org.anabranch.spark.job.DigitsRun.assertRefused;
import static org.anabranch.spark.job.DigitsRun.command;
import static org.anabranch.spark.job.DigitsRun.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anabranch.spark.data.IdxFiles;
import org.anabranch.spark.job.DigitsRun.Ended;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict} and {@code evaluate} on arrays with and without labels. */
class IdxPredictionTest {
  private static final int NEW = 75;

  @TempDir static Path folder;
  private static String run = "";
  private static String arrays = "";
  private static String labels = "";

  @BeforeAll
  static void train() throws IOException {
    DigitsRun digits = DigitsRun.in(folder);
    List<String> lines = digits.lines();
    String trained = arrays("trained", lines);
    String trainedLabels = labels("trained", lines);
    arrays = arrays("new", lines.subList(0, NEW));
    labels = labels("new", lines.subList(0, NEW));
    digits.train(
        "train.epochs=1",
        "data.format=idx",
        "data.path=" + trained,
        "data.labels=" + trainedLabels);
    run = digits.location();
  }

  private static String arrays(String name, List<String> lines) throws IOException {
    byte[] pixels = new byte[64 * lines.size()];
    for (int row = 0; row < lines.size(); row++) {
      String[] cells = lines.get(row).split(",", -1);
      for (int k = 0; k < 64; k++) {
        pixels[64 * row + k] = Byte.parseByte(cells[k]);
      }
    }
    byte[] file = IdxFiles.gzip(IdxFiles.bytes(pixels, lines.size(), 8, 8));
    return Files.write(folder.resolve(name + "-images.gz"), file).toString();
  }

  private static String labels(String name, List<String> lines) throws IOException {
    byte[] numbers = new byte[lines.size()];
    for (int row = 0; row < numbers.length; row++) {
      String line = lines.get(row);
      numbers[row] = Byte.parseByte(line.substring(line.lastIndexOf(',') + 1));
    }
    byte[] file = IdxFiles.bytes(numbers, numbers.length);
    return Files.write(folder.resolve(name + "-labels"), file).toString();
  }

  @Test
  void arraysWithoutLabelsGetThePredictionsOfThoseWithSome() throws IOException {
    String bare = folder.resolve("bare").toString();
    String with = folder.resolve("with").toString();
    Ended ended = command("predict", run, arrays, "--out", bare);
    assertDone(ended);
    assertThat(ended.out()).contains("75 records").doesNotContain("with a label");
    assertDone(command("predict", run, arrays, "--labels", labels, "--out", with));
    List<CSVRecord> found = records(bare);
    List<CSVRecord> expected = records(with);
    assertThat(found).hasSize(NEW);
    for (int i = 0; i < NEW; i++) {
      assertThat(found.get(i).get("label")).isEmpty();
      assertThat(expected.get(i).get("label")).isNotEmpty();
      assertThat(found.get(i).get("record")).isEqualTo(String.valueOf(i + 1));
      for (String column : List.of("file", "predicted", "p0", "p9", "note")) {
        assertThat(found.get(i).get(column)).isEqualTo(expected.get(i).get(column));
      }
    }
  }

  @Test
  void labelsThatAreNamedAreUsedAndOthersAreNotGuessed() {
    Ended named = command("evaluate", run, "--data", arrays, "--labels", labels, "--json");
    assertDone(named);
    assertThat(named.out()).contains("\"samples\":75");
    assertRefused(command("evaluate", run, "--data", arrays), "new-images.gz", "--labels");
    String out = folder.resolve("none").toString();
    assertRefused(
        command("predict", run, arrays, "--no-labels", "--labels", labels, "--out", out),
        "--no-labels");
    assertThat(Path.of(out)).doesNotExist();
  }
}
