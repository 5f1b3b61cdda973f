package org.anabranch.spark.job;

import static org.anabranch.spark.job.DigitsRun.assertDone;
import static org.anabranch.spark.job.DigitsRun.assertRefused;
import static org.anabranch.spark.job.DigitsRun.command;
import static org.anabranch.spark.job.DigitsRun.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.data.IdxFiles;
import org.anabranch.spark.job.DigitsRun.Ended;
import org.apache.commons.csv.CSVRecord;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code predict} as CSV and as Parquet, of the same records. */
class PredictionFormatTest {
  @TempDir static Path folder;
  private static DigitsRun run = new DigitsRun(Path.of(""), List.of());

  @BeforeAll
  static void train() {
    run = DigitsRun.in(folder).train("train.epochs=1");
  }

  @Test
  void bothFormatsHaveTheSameRowsToTheBit() throws IOException {
    List<String> lines = new ArrayList<>(run.lines().subList(0, 300));
    lines.set(7, "not,a,digit");
    lines.set(8, lines.get(8).replaceFirst("[0-9]+", "1e30"));
    String data = run.write("mixed.csv", lines);
    String csv = folder.resolve("csv").toString();
    String parquet = folder.resolve("parquet").toString();
    Ended asCsv = command("predict", run.location(), data, "--out", csv);
    Ended asParquet =
        command("predict", run.location(), data, "--out", parquet, "--format", "parquet");
    assertDone(asCsv);
    assertDone(asParquet);
    assertThat(asParquet.out()).contains("300 records", "2 without a prediction");
    assertThat(asParquet.out().replace(parquet, csv)).isEqualTo(asCsv.out());
    List<CSVRecord> expected = new ArrayList<>(records(csv));
    expected.sort(Comparator.comparing(record -> Long.valueOf(record.get("record"))));
    List<Row> found = rows(parquet);
    assertThat(found).hasSize(300);
    for (int i = 0; i < 300; i++) {
      assertThat(cells(found.get(i))).isEqualTo(cells(expected.get(i)));
    }
    assertThat(expected.get(7).get("note")).contains("3 columns");
    assertThat(expected.get(8).get("note")).contains("the state left the range");
    assertThat(expected.get(8).get("predicted")).isEmpty();
  }

  /** Every cell, what is not known as null; probabilities by their bits. */
  private static List<Object> cells(Row row) {
    List<Object> cells = new ArrayList<>();
    for (int k = 0; k < row.size(); k++) {
      Object cell = row.get(k);
      cells.add(cell instanceof Double number ? Double.doubleToLongBits(number) : cell);
    }
    return cells;
  }

  private static List<Object> cells(CSVRecord record) {
    List<Object> cells = new ArrayList<>();
    cells.add(record.get("file"));
    cells.add(Long.valueOf(record.get("record")));
    for (String column : List.of("label", "predicted")) {
      cells.add(record.get(column).isEmpty() ? null : Integer.valueOf(record.get(column)));
    }
    for (int k = 0; k < 10; k++) {
      String cell = record.get("p" + k);
      cells.add(cell.isEmpty() ? null : Double.doubleToLongBits(Double.parseDouble(cell)));
    }
    cells.add(record.get("note").isEmpty() ? null : record.get("note"));
    return cells;
  }

  private static List<Row> rows(String out) {
    try (JavaSparkContext spark = TestSpark.local(1)) {
      SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
      return session.read().parquet(out).orderBy("record").collectAsList();
    }
  }

  @Test
  void theNameOfTheFolderChoosesUnlessAFormatIsGiven() throws IOException {
    String data = run.write("few.csv", run.lines().subList(0, 3));
    String named = folder.resolve("few.parquet").toString();
    assertDone(command("predict", run.location(), data, "--out", named));
    assertThat(suffixes(named)).containsOnly("parquet");
    String told = folder.resolve("told.parquet").toString();
    assertDone(command("predict", run.location(), data, "--out", told, "--format", "CSV"));
    assertThat(suffixes(told)).containsOnly("csv");
    String out = folder.resolve("other").toString();
    assertRefused(
        command("predict", run.location(), data, "--out", out, "--format", "xml"),
        "--format",
        "CSV, PARQUET",
        "xml");
  }

  private static List<String> suffixes(String out) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(out))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("part-"))
          .map(name -> name.substring(name.lastIndexOf('.') + 1))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  void aJobThatFailsOnTheWayLeavesNoFolder(String format) throws IOException {
    byte[] whole =
        IdxFiles.gzip(String.join("\n", run.lines()).getBytes(StandardCharsets.US_ASCII));
    Path cut = folder.resolve(format + "-cut.csv.gz");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 2000));
    Path out = folder.resolve("cut-" + format);
    Ended ended =
        command(
            "predict", run.location(), cut.toString(), "--out", out.toString(), "--format", format);
    assertThat(ended.code()).isNotZero();
    assertThat(folder)
        .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("cut-"));
  }
}
