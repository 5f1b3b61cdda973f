package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anabranch.spark.TestSpark;
import org.anabranch.train.Block;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetSourceTest {
  private static final int ROWS = 200;
  private static final List<String> ALL = List.of("d", "f", "s", "exact");
  private static final StructType SMALL =
      new StructType()
          .add("key", DataTypes.StringType)
          .add("label", DataTypes.DoubleType)
          .add("x", DataTypes.DoubleType);

  private static JavaSparkContext spark;
  private static ParquetFixture fixture;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = TestSpark.local(2);
    fixture = new ParquetFixture(spark);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"number", "name", ColumnRoles.CONTENT})
  void blocksDependOnNeitherFilesNorOrderNorPartitions(String id) {
    List<Integer> numbers = numbersWithTwins(id.isEmpty());
    List<String> fingerprints = new ArrayList<>();
    for (int files : new int[] {1, 2, 5}) {
      List<Row> rows = ParquetFixture.rows(ParquetFixture.shuffled(numbers, files));
      String path = fixture.write(folder.resolve("in" + files), rows, ParquetFixture.SCHEMA, files);
      try (PackedData data = pack(source(path, id, ALL), files)) {
        assertThat(data.samplesOfClass().stream().mapToLong(Long::longValue).sum())
            .isEqualTo(numbers.size());
        fingerprints.add(data.fingerprint());
      }
      DataFrameSource table =
          DataFrameSource.of(
              fixture.table(rows, ParquetFixture.SCHEMA).repartition(files),
              new ColumnRoles("label", ALL, id),
              1,
              rules(0));
      try (PackedData data = pack(table, 2)) {
        fingerprints.add(data.fingerprint());
      }
    }
    assertThat(fingerprints).hasSize(6).containsOnly(fingerprints.get(0));
  }

  @Test
  void samplesAreWhatWasWrittenUnderTheDeclaredNumbers() {
    String path = written(ParquetFixture.numbers(ROWS), 3);
    try (PackedData data = pack(source(path, "number", ALL), 2)) {
      Map<Long, List<Float>> found = samples(data);
      assertThat(found).hasSize(ROWS);
      for (int number = 0; number < ROWS; number++) {
        float[] x = ParquetFixture.features(number);
        assertThat(found.get((long) number * 1_000_003 - 5))
            .containsExactly((float) ParquetFixture.label(number), x[0], x[1], x[2], x[3]);
      }
    }
  }

  @Test
  void featuresAreAllNumbersButLabelAndIdInTheOrderOfTheSchemaOrThoseNamed() {
    String path = written(ParquetFixture.numbers(40), 1);
    try (PackedData all = pack(source(path, "number", List.of()), 1);
        PackedData named = pack(source(path, "number", ALL), 1);
        PackedData turned = pack(source(path, "number", List.of("s", "d")), 1)) {
      assertThat(all.fingerprint()).isEqualTo(named.fingerprint());
      assertThat(turned.width()).isEqualTo(2);
      assertThat(samples(turned).get(17L * 1_000_003 - 5)).containsExactly(2f, 3f, 17 / 8f);
    }
  }

  @Test
  void equalRowsAreSamplesOfTheirOwn() {
    List<Integer> numbers = numbersWithTwins(true);
    String path = written(numbers, 3);
    try (PackedData data = pack(source(path, ColumnRoles.CONTENT, ALL), 2)) {
      Map<List<Float>, Long> counts =
          samples(data).values().stream()
              .collect(Collectors.groupingBy(sample -> sample, Collectors.counting()));
      assertThat(counts).hasSize(ROWS);
      assertThat(counts.values().stream().filter(count -> count == 3)).hasSize(10);
    }
  }

  @Test
  void aFeatureIsDividedByTheScale() {
    String path = written(ParquetFixture.numbers(40), 1);
    ParquetSource source =
        new ParquetSource(path, new ColumnRoles("label", List.of("d"), "number"), 4, rules(0));
    try (PackedData data = pack(source, 1)) {
      assertThat(samples(data).get(9L * 1_000_003 - 5)).containsExactly(0f, 9 / 32f);
    }
  }

  @Test
  void aDeclaredIdThatIsThereTwiceIsNamed() {
    List<Integer> numbers = ParquetFixture.numbers(ROWS);
    numbers.add(7);
    String path = written(numbers, 4);
    refused(source(path, "name", ALL), path, "(data.id) has the value 'row 7'", "take data.id out");
    refused(source(path, "number", ALL), path, "7000016 in more than one row", "Name a column");
  }

  @Test
  void badRowsAreNamedByFileAndRowOrById() {
    List<Row> rows = badRows();
    String path = fixture.write(folder.resolve("bad rows"), rows, SMALL, 1);
    ColumnRoles roles = new ColumnRoles("label", List.of(), "key");
    String file = file(path).toString();
    try (PackedData data = pack(new ParquetSource(path, roles, 1, rules(0.9)), 1)) {
      assertThat(data.trainSamples()).isEqualTo(2);
      assertThat(data.bad().total()).isEqualTo(7);
      assertThat(data.bad().first().stream().map(BadRecord::sentence))
          .allMatch(sentence -> sentence.startsWith(file + ":"))
          .map(sentence -> sentence.substring(file.length()))
          .containsExactly(
              ":2: column 'x' is NaN, expected a finite 32-bit number",
              ":3: column 'x' is null, expected a value",
              ":4: label 0.5, expected a whole number from 0 to 2",
              ":5: label 3.0, expected 0 to 2",
              ":6: column 'label' is null, expected a value",
              ":7: column 'key' is null, expected a value",
              ":8: column 'x' is 1.0E39, expected a finite 32-bit number");
    }
    DataFrameSource table =
        DataFrameSource.of(fixture.table(rows, SMALL).repartition(3), roles, 1, rules(0.9));
    try (PackedData data = pack(table, 1)) {
      assertThat(data.bad().first().stream().map(BadRecord::sentence))
          .contains("DataFrame: row 'c': column 'x' is null, expected a value")
          .hasSize(7);
    }
    refused(new ParquetSource(path, roles, 1, rules(0)), path, "7 of 9 records are bad", "Mend");
  }

  @Test
  void columnsThatCannotBeUsedAreNamed() {
    String path = written(ParquetFixture.numbers(20), 1);
    refused(
        new ParquetSource(path, ColumnRoles.ofLabel("lable"), 1, rules(0)),
        file(path).getFileName().toString(),
        "no column 'lable'. Columns are name (string), number (bigint)",
        "Check data.label");
    refused(
        source(path, "", List.of("d", "e")), path, "no column 'e'", "Check data.feature-columns");
    refused(source(path, "", List.of("name")), path, "type string", "Check data.feature-columns");
    refused(source(path, "d", List.of("f")), path, "'d' is of type double", "Check data.id");
  }

  @Test
  void filesThatAreNoWholeParquetAreNamed() throws Exception {
    Path good = file(written(ParquetFixture.numbers(20), 1));
    byte[] bytes = Files.readAllBytes(good);
    Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
    refused(source(cut.toString(), "", ALL), "cut.parquet", "cut off", "Replace the file");
    Path text = Files.writeString(folder.resolve("a.parquet"), "1,2,3\n4,5,6\n7,8,9\n");
    refused(source(text.toString(), "", ALL), "a.parquet", "18 bytes", "Check data.path");
    byte[] torn = bytes.clone();
    Arrays.fill(torn, torn.length - 200, torn.length - 8, (byte) 0x5a);
    Path footer = Files.write(folder.resolve("footer.parquet"), torn);
    refused(source(footer.toString(), "", ALL), "footer.parquet", "footer", "Replace the file");
    byte[] damaged = bytes.clone();
    Arrays.fill(damaged, 4, bytes.length / 4, (byte) 0x5a);
    Path body = Files.write(folder.resolve("body.parquet"), damaged);
    refused(source(body.toString(), "", ALL), "body.parquet", "cannot be read", "Replace the file");
  }

  @Test
  void filesOfOtherTypesThanTheFirstAreNamed() {
    StructType other =
        new StructType().add("label", DataTypes.IntegerType).add("d", DataTypes.StringType);
    StructType first =
        new StructType().add("label", DataTypes.IntegerType).add("d", DataTypes.DoubleType);
    Path both = folder.resolve("both");
    fixture.write(both.resolve("a"), List.of(RowFactory.create(1, 0.5)), first, 1);
    fixture.write(both.resolve("b"), List.of(RowFactory.create(1, "x")), other, 1);
    ParquetSource source =
        new ParquetSource(both.toString(), ColumnRoles.ofLabel("label"), 1, rules(0));
    refused(
        source, "both/b", "column [d] is of type BINARY", "Write all files with the same types");
  }

  /** Ten numbers three times, the others once. */
  private static List<Integer> numbersWithTwins(boolean twins) {
    List<Integer> numbers = ParquetFixture.numbers(ROWS);
    if (twins) {
      for (int number = 0; number < 10; number++) {
        numbers.add(number * 3);
        numbers.add(number * 3);
      }
    }
    return numbers;
  }

  private static List<Row> badRows() {
    return List.of(
        RowFactory.create("a", 0.0, 0.25),
        RowFactory.create("b", 0.0, Double.NaN),
        RowFactory.create("c", 0.0, null),
        RowFactory.create("d", 0.5, 1.0),
        RowFactory.create("e", 3.0, 1.0),
        RowFactory.create("f", null, 1.0),
        RowFactory.create(null, 1.0, 1.0),
        RowFactory.create("h", 1.0, 1e39),
        RowFactory.create("i", 2.0, 0.5));
  }

  private String written(List<Integer> numbers, int files) {
    return fixture.write(
        folder.resolve("table"), ParquetFixture.rows(numbers), ParquetFixture.SCHEMA, files);
  }

  private static Path file(String path) {
    try (Stream<Path> files = Files.list(Path.of(path))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ParquetSource source(String path, String id, List<String> features) {
    return new ParquetSource(path, new ColumnRoles("label", features, id), 1, rules(0));
  }

  private static PackingRules rules(double bad) {
    return new PackingRules(ParquetFixture.CLASSES, bad, false, 0, 0, 0, 32, 1);
  }

  private static PackedData pack(Source source, int partitions) {
    return PackedData.pack(spark, source, 64, partitions);
  }

  private static void refused(Source source, String place, String value, String remedy) {
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(() -> pack(source, 2))
        .satisfies(
            problem ->
                assertThat(problem.getMessage()).contains(place).contains(value).contains(remedy));
  }

  private static Map<Long, List<Float>> samples(PackedData data) {
    Map<Long, List<Float>> samples = new TreeMap<>();
    for (Block block : data.train().collect()) {
      for (int row = 0; row < block.rows(); row++) {
        List<Float> sample = new ArrayList<>(List.of(block.label(row)));
        for (int column = 0; column < block.width(); column++) {
          sample.add(block.feature(row, column));
        }
        assertThat(samples.put(block.id(row), sample)).isNull();
      }
    }
    return samples;
  }
}
