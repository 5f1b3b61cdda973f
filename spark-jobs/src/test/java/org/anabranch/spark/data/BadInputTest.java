package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.anabranch.spark.TestSpark;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake is answered with the place, the value and what to do. */
class BadInputTest {
  private static final String GOOD = "1,2,0\n3,4,1\n";

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = TestSpark.local(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void missingFile() {
    String path = folder.resolve("none.csv").toString();
    refused(path, path + ": no such file or folder", "Check data.path");
  }

  @Test
  void globWithoutAMatch() {
    refused(folder.resolve("*.csv").toString(), "no such file or folder matches");
  }

  @Test
  void unknownFileSystem() {
    refused("gopher://host/x.csv", "gopher", "Check data.path");
  }

  @Test
  void emptyFile() throws IOException {
    refused(file("a.csv", ""), "the file is empty (0 bytes)", "Name a file");
  }

  @Test
  void emptyFolder() throws IOException {
    Files.writeString(folder.resolve("_SUCCESS"), "x");
    refused(folder.toString(), "the folder holds no files", "Name the folder");
  }

  @Test
  void blankLinesOnly() throws IOException {
    refused(file("a.csv", "\n  \n\n"), "no records, only blank lines");
  }

  @Test
  void wrongNumberOfColumns() throws IOException {
    String path = file("a.csv", GOOD + "1,2\n");
    refused(
        path,
        "1 of 3 records is bad",
        "1 wrong number of columns",
        path + ":3: 2 columns, expected 3",
        "data.delimiter");
  }

  @Test
  void wrongDelimiter() throws IOException {
    refused(file("a.csv", "1;2;0\n"), "1 column", "data.delimiter, which is ','");
  }

  @Test
  void labelOutOfRange() throws IOException {
    refused(file("a.csv", GOOD + "1,2,7\n"), ":3: label '7', expected 0 to 1", "data.classes");
  }

  @Test
  void featureThatIsNotANumber() throws IOException {
    refused(file("a.csv", GOOD + "NaN,2,1\n"), ":3: column 1 is 'NaN', expected a finite");
  }

  @Test
  void headerThatWasNotDeclared() throws IOException {
    refused(file("a.csv", "x,y,label\n" + GOOD), "column 3 is 'label'", "data.header = true");
  }

  @Test
  void labelColumnBeyondTheLast() throws IOException {
    String path = file("a.csv", GOOD);
    CsvSource source = CsvSource.at(path).labelColumn(3).build();
    refused(source, "3 columns, so there is no label column 3", "0 … 2");
  }

  @Test
  void theFirstThreeBadRecordsAreNamedInOrder() throws IOException {
    file("b.csv", "x,1,0\n".repeat(5));
    file("a.csv", GOOD + "y,1,0\nz,1,0\n");
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(() -> pack(CsvSource.at(folder.toString()).build(), 0))
        .satisfies(
            problem ->
                assertThat(problem.getMessage())
                    .containsSubsequence("7 of 9", "a.csv:3", "a.csv:4", "b.csv:1")
                    .doesNotContain("b.csv:2"));
  }

  @Test
  void bytesThatAreNoText() throws IOException {
    refused(bytes("a.csv", gzip(GOOD)), "the file holds gzip data; let its name end in .gz");
    refused(file("b.csv", "PAR1...."), "Parquet");
    refused(file("c.csv", "PK\3\4...."), "zip archive");
  }

  @Test
  void textThatIsCalledGzip() throws IOException {
    refused(file("a.csv.gz", GOOD), "a.csv.gz: cannot be read as gz", "unpack it first");
  }

  @Test
  void truncatedGzip() throws IOException {
    byte[] whole = gzip("1.2345,2,0\n3,4.5678,1\n".repeat(50_000));
    String path = bytes("a.csv.gz", Arrays.copyOf(whole, whole.length - 20));
    refused(path, "a.csv.gz: cannot be read", "whole");
  }

  @Test
  void nothingLeftForTraining() throws IOException {
    CsvSource source = CsvSource.at(file("a.csv", GOOD)).test(0.9, 1).build();
    refused(source, "no samples are left for training", "data.test-fraction");
  }

  private static void refused(String path, String... words) {
    refused(CsvSource.at(path).build(), words);
  }

  private static void refused(CsvSource source, String... words) {
    for (long smallBytes : new long[] {Long.MAX_VALUE, 0}) {
      assertThatExceptionOfType(DataProblem.class)
          .isThrownBy(() -> pack(source, smallBytes))
          .satisfies(problem -> assertThat(problem.getMessage()).contains(words).endsWith("."));
    }
  }

  /** On the driver or, with no bytes counting as little, on the executors. */
  private static void pack(CsvSource source, long smallBytes) {
    SourceInput.open(source, spark.hadoopConfiguration(), smallBytes).pack(spark, 32, 2).close();
  }

  private String file(String name, String text) throws IOException {
    return bytes(name, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String bytes(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return packed.toByteArray();
  }
}
