package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.job.JobProcess.Ended;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command on the real digits as Parquet, in processes of its own. */
class ParquetJobTest {
  private static final String SETTINGS =
      """
      data { format = parquet, label = digit, id = sample, classes = 10, scale = 16 }
      model { state = 96, hidden = [96] }
      solver.steps = 8
      train { epochs = 2, batch-size = 128, learning-rate = 0.004 }
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void writesTheDigitsTwice() throws IOException {
    List<Row> rows = digits();
    StructType schema = new StructType().add("sample", DataTypes.IntegerType);
    for (int pixel = 0; pixel < 64; pixel++) {
      schema = schema.add("pixel." + pixel, DataTypes.ByteType);
    }
    schema = schema.add("digit", DataTypes.IntegerType);
    try (JavaSparkContext spark = TestSpark.local(2)) {
      SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
      session
          .createDataFrame(rows, schema)
          .coalesce(1)
          .write()
          .parquet(folder.resolve("one-file").toString());
      List<Row> turned = new ArrayList<>(rows);
      Collections.reverse(turned);
      session
          .createDataFrame(turned, schema)
          .repartition(5)
          .write()
          .parquet(folder.resolve("five-files").toString());
    }
    Files.writeString(folder.resolve("digits.conf"), SETTINGS);
  }

  @Test
  void filesOrderAndPartitionsLeaveTheModelAsItIs() throws Exception {
    Path one = trained("one", "data.path=" + folder.resolve("one-file"), "--partitions", "1");
    Path five = trained("five", "data.path=" + folder.resolve("five-files"), "--partitions", "3");
    String hash = JobProcess.summary(one).path("parametersSha256").asText();
    assertThat(hash).hasSize(64);
    assertThat(JobProcess.summary(five).path("parametersSha256").asText()).isEqualTo(hash);
    assertThat(JobProcess.summary(one).path("metrics").path("test.accuracy").asDouble())
        .isGreaterThan(0.3);
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("warehouse"));
  }

  @Test
  void aRunOnCsvLoadsNothingOfSparkSqlOrParquet() throws Exception {
    Ended ended =
        JobProcess.start(
                folder,
                "csv",
                Path.of("..", "conf/digits.conf").toAbsolutePath().normalize(),
                List.of("-verbose:class"),
                List.of("train.epochs=1", "--threads", "2"))
            .await();
    assertThat(ended.code()).isZero();
    List<String> classes = ended.output().lines().filter(l -> l.contains("source:")).toList();
    assertThat(classes).anyMatch(line -> line.contains("org.anabranch.spark.data.CsvSource "));
    assertThat(classes)
        .noneMatch(line -> line.contains("org.apache.spark.sql.SparkSession"))
        .noneMatch(line -> line.contains(" org.apache.spark.sql."))
        .noneMatch(line -> line.contains(" org.apache.parquet."));
  }

  private static Path trained(String name, String... arguments) throws Exception {
    JobProcess job =
        JobProcess.start(
            folder, name, folder.resolve("digits.conf"), List.of(), List.of(arguments));
    Ended ended = job.await();
    assertThat(ended.code()).as(ended.output()).isZero();
    return job.out();
  }

  private static List<Row> digits() throws IOException {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of("../data/digits.csv.gz"))),
                StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] numbers = line.split(",", -1);
        Object[] row = new Object[66];
        row[0] = rows.size();
        for (int pixel = 0; pixel < 64; pixel++) {
          row[1 + pixel] = Byte.valueOf(numbers[pixel]);
        }
        row[65] = Integer.valueOf(numbers[64]);
        rows.add(RowFactory.create(row));
      }
    }
    return rows;
  }
}
