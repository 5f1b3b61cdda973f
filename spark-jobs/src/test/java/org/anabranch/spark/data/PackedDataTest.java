package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.anabranch.spark.TestSpark;
import org.anabranch.train.Block;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real digits, packed by Spark, against a plain program that sorts them in memory. */
class PackedDataTest {
  private static final String DIGITS = "../data/digits.csv.gz";
  private static final String SPLIT_BYTES = "mapreduce.input.fileinputformat.split.maxsize";
  private static final int BLOCK = 32;

  private static final List<PackedData> packed = new ArrayList<>();
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

  @AfterEach
  void restore() {
    spark.hadoopConfiguration().unset(SPLIT_BYTES);
    packed.forEach(PackedData::close);
    packed.clear();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void blocksAreThoseThatSortingInMemoryGives(int partitions) throws IOException {
    List<Sample> samples = digits();
    Set<Long> test = testIds(samples);
    for (PackedData data : bothWays(source(DIGITS), 256, partitions)) {
      List<Sample> train = samples.stream().filter(s -> !test.contains(s.id)).toList();
      List<Sample> kept = samples.stream().filter(s -> test.contains(s.id)).toList();
      assertThat(blocks(data.train().collect())).isEqualTo(blocks(cut(train)));
      assertThat(blocks(data.test().collect())).isEqualTo(blocks(cut(kept)));
      assertThat(data.trainSamples()).isEqualTo(train.size());
      assertThat(data.testSamples()).isEqualTo(kept.size());
      assertThat(data.trainBlocks()).isEqualTo((train.size() + BLOCK - 1) / BLOCK);
      assertThat(data.samplesOfClass())
          .containsExactly(178L, 182L, 177L, 183L, 181L, 182L, 181L, 179L, 174L, 180L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 60})
  void partitionsHoldWholeStrata(int partitions) {
    for (PackedData data : bothWays(source(DIGITS), 256, partitions)) {
      List<List<Block>> shelves = data.train().glom().collect();
      assertThat(shelves).hasSize(partitions);
      for (int partition = 0; partition < partitions; partition++) {
        for (Block block : shelves.get(partition)) {
          int stratum = block.number() % data.strata();
          assertThat(stratum * partitions / data.strata()).isEqualTo(partition);
        }
      }
      assertThat(data.strata()).isEqualTo(8);
    }
  }

  @Test
  void theFingerprintIsThatOfThisInputAndTheseSeedsAlone() {
    Set<String> same = new HashSet<>();
    for (int partitions : List.of(1, 2, 3, 7)) {
      same.add(fingerprint(source(DIGITS), 128 * partitions, partitions));
    }
    assertThat(same).hasSize(1);
    Set<String> others = new HashSet<>(same);
    others.add(fingerprint(sourceWith(16, 0.2, 2, 1), 256, 2));
    others.add(fingerprint(sourceWith(16, 0.2, 1, 2), 256, 2));
    others.add(fingerprint(sourceWith(16, 0.1, 1, 1), 256, 2));
    others.add(fingerprint(sourceWith(15, 0.2, 1, 1), 256, 2));
    assertThat(others).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {5_000, 20_000, 100_000})
  void inputSplitsDoNotShow(int bytes) throws IOException {
    Path plain = folder.resolve("digits.csv");
    try (InputStream packed = new GZIPInputStream(Files.newInputStream(Path.of(DIGITS)))) {
      Files.copy(packed, plain);
    }
    String whole = fingerprint(source(plain.toString()), 256, 2);
    spark.hadoopConfiguration().setInt(SPLIT_BYTES, bytes);
    assertThat(fingerprint(source(plain.toString()), 256, 2)).isEqualTo(whole);
  }

  @Test
  void identityIsThePathBelowTheRootAndTheLine() throws IOException {
    Path left = Files.createDirectories(folder.resolve("left/part"));
    Path right = Files.createDirectories(folder.resolve("right/below/part"));
    for (Path part : List.of(left, right)) {
      Files.writeString(part.resolve("a.csv"), "\n\r\n1,2,0\n  \n3,4,1");
      Files.writeString(part.resolve("b.csv"), "5,6,1\n");
      Files.writeString(part.resolve("_SUCCESS"), "not a record");
      Files.writeString(part.resolve(".a.csv.crc"), "not a record");
    }
    String asFolder = fingerprint(small(folder.resolve("left").toString()), 32, 1);
    assertThat(fingerprint(small(folder.resolve("right/below").toString()), 32, 1))
        .isEqualTo(asFolder);
    assertThat(fingerprint(small(folder.resolve("left").toString() + "/*/*.csv"), 32, 1))
        .isEqualTo(asFolder);
    assertThat(fingerprint(small(folder.resolve("left/part").toString()), 32, 1))
        .isNotEqualTo(asFolder);
    for (PackedData data : bothWays(small(folder.resolve("left").toString()), 32, 1)) {
      Block block = data.train().first();
      List<Long> ids = new ArrayList<>();
      for (int row = 0; row < block.rows(); row++) {
        ids.add(block.id(row));
      }
      assertThat(ids)
          .containsExactlyInAnyOrder(
              new SampleIds("part/a.csv").id(3),
              new SampleIds("part/a.csv").id(5),
              new SampleIds("part/b.csv").id(1));
    }
  }

  @Test
  void headersAreLinesButNoRecords() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "x,y,label\n1,2,0\n");
    Files.writeString(folder.resolve("b.csv"), "x,y,label\n3,4,1\n");
    CsvSource source = CsvSource.at(folder.toString()).header(true).blocks(BLOCK, 1).build();
    for (PackedData data : bothWays(source, 32, 2)) {
      assertThat(data.trainSamples()).isEqualTo(2);
      assertThat(data.bad().total()).isZero();
    }
  }

  @Test
  void aFewBadRecordsAreLeftOutAndReportedInOrder() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int line = 1; line <= 1_000; line++) {
      text.append(line % 100 == 0 ? "1,oops,0\n" : line % 250 == 1 ? "1,2\n" : "1,2,1\n");
    }
    Files.writeString(folder.resolve("a.csv"), text);
    CsvSource source =
        CsvSource.at(folder.resolve("a.csv").toString())
            .features(2)
            .maxBadFraction(0.014)
            .blocks(BLOCK, 1)
            .build();
    spark.hadoopConfiguration().setInt(SPLIT_BYTES, 512);
    for (PackedData data : bothWays(source, 64, 2)) {
      assertThat(data.trainSamples()).isEqualTo(986);
      assertThat(data.bad().summary()).isEqualTo("4 wrong number of columns, 10 not a number");
      assertThat(data.bad().first())
          .extracting(BadRecord::line)
          .containsExactly(
              1L, 100L, 200L, 251L, 300L, 400L, 500L, 501L, 600L, 700L, 751L, 800L, 900L, 1000L);
    }
  }

  @Test
  void blocksPackedAgainFromOtherInputStopTheJob() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "1,2,0\n3,4,1\n5,6,1\n");
    for (PackedData data : bothWays(small(file.toString()), 32, 1)) {
      BlockChecksums checksums = data.checksums();
      data.train().foreach(checksums::requireTrain);
      Block other =
          Block.of(0, BLOCK, 2, new long[] {1, 2, 3}, new float[] {1, 2, 3, 4, 5, 7}, new float[3]);
      assertThatExceptionOfType(DataProblem.class)
          .isThrownBy(() -> checksums.requireTrain(other))
          .withMessageContaining("training block 0 differs")
          .withMessageContaining("Put the files back");
    }
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstNumber() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "\uFEFF1,2,0\n3,4,1\n");
    for (PackedData data : bothWays(small(folder.resolve("a.csv").toString()), 32, 1)) {
      assertThat(data.trainSamples()).isEqualTo(2);
    }
  }

  @Test
  void textThatUnpacksToTooMuchForTheDriverGoesToTheExecutors() throws IOException {
    Path file = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      byte[] lines = "1,2,0\n3,4,1\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
      byte[] blank = (" ".repeat(999) + "\n").repeat(100).getBytes(StandardCharsets.US_ASCII);
      out.write(lines);
      for (int i = 0; i < 700; i++) {
        out.write(blank);
      }
    }
    assertThat(Files.size(file)).isLessThan(SourceInput.SMALL_BYTES);
    try (PackedData data = PackedData.pack(spark, small(file.toString()), 32, 1)) {
      assertThat(data.trainSamples()).isEqualTo(2_000);
      assertThat(data.train().getStorageLevel().useMemory()).as("kept by executors").isTrue();
    }
  }

  @Test
  void batchesOfPartialBlocksAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackedData.pack(spark, source(DIGITS), 100, 2))
        .withMessageContaining("100")
        .withMessageContaining("Use 96");
  }

  private static String fingerprint(CsvSource source, int batch, int partitions) {
    List<PackedData> ways = bothWays(source, batch, partitions);
    assertThat(ways.get(1).fingerprint()).isEqualTo(ways.get(0).fingerprint());
    return ways.get(0).fingerprint();
  }

  /** On the driver and on the executors. */
  private static List<PackedData> bothWays(CsvSource source, int batch, int partitions) {
    packed.add(pack(source, Long.MAX_VALUE, batch, partitions));
    packed.add(pack(source, 0, batch, partitions));
    return packed.subList(packed.size() - 2, packed.size());
  }

  private static PackedData pack(CsvSource source, long smallBytes, int batch, int partitions) {
    return SourceInput.open(source, spark.hadoopConfiguration(), smallBytes)
        .pack(spark, batch, partitions);
  }

  /** On the driver and on executors, and for every number of partitions. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void validationTakesFromTrainingAndLeavesTheTestSamplesAsTheyAre(int partitions)
      throws IOException {
    CsvSource validated =
        CsvSource.at(DIGITS)
            .classes(10)
            .scale(16)
            .test(0.2, 1)
            .validation(0.1)
            .blocks(BLOCK, 1)
            .build();
    List<Sample> samples = digits();
    Set<Long> test = testIds(samples);
    List<List<String>> first = new ArrayList<>();
    for (PackedData data : bothWays(validated, 256, partitions)) {
      List<Sample> kept = samples.stream().filter(s -> test.contains(s.id)).toList();
      assertThat(blocks(data.test().collect())).isEqualTo(blocks(cut(kept)));
      Set<Long> validation = ids(data.validation().collect());
      Set<Long> train = ids(data.train().collect());
      assertThat(validation)
          .hasSize((int) data.validationSamples())
          .doesNotContainAnyElementsOf(test);
      assertThat(train).hasSize((int) data.trainSamples()).doesNotContainAnyElementsOf(validation);
      assertThat(train.size() + validation.size() + test.size()).isEqualTo(samples.size());
      // 178 of class 0: 36 for testing and 18 for validation
      assertThat(data.trainSamplesOfClass().get(0)).isEqualTo(178 - 36 - 18);
      assertThat(data.trainSamplesOfClass().stream().mapToLong(n -> n).sum())
          .isEqualTo(data.trainSamples());
      first.add(List.of(validation.toString(), data.fingerprint()));
    }
    assertThat(first.get(0)).isEqualTo(first.get(1));
  }

  private static Set<Long> ids(List<Block> blocks) {
    Set<Long> ids = new TreeSet<>();
    for (Block block : blocks) {
      for (int row = 0; row < block.rows(); row++) {
        ids.add(block.id(row));
      }
    }
    return ids;
  }

  private static CsvSource small(String path) {
    return CsvSource.at(path).blocks(BLOCK, 1).build();
  }

  private static CsvSource source(String path) {
    return CsvSource.at(path).classes(10).scale(16).test(0.2, 1).blocks(BLOCK, 1).build();
  }

  private static CsvSource sourceWith(double scale, double test, long splitSeed, long blockSeed) {
    return CsvSource.at(DIGITS)
        .classes(10)
        .scale(scale)
        .test(test, splitSeed)
        .blocks(BLOCK, blockSeed)
        .build();
  }

  private static List<Sample> digits() throws IOException {
    SampleIds ids = new SampleIds("digits.csv.gz");
    List<Sample> samples = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(DIGITS))),
                StandardCharsets.US_ASCII))) {
      for (String line : lines.lines().toList()) {
        String[] fields = line.split(",", -1);
        float[] features = new float[64];
        for (int column = 0; column < 64; column++) {
          features[column] = Integer.parseInt(fields[column]) / 16f;
        }
        long id = ids.id(samples.size() + 1);
        samples.add(new Sample(id, Integer.parseInt(fields[64]), features));
      }
    }
    return samples;
  }

  private static Set<Long> testIds(List<Sample> samples) {
    Set<Long> ids = new HashSet<>();
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      List<Sample> sorted =
          samples.stream()
              .filter(sample -> sample.label == wanted)
              .sorted(Comparator.comparing(sample -> Rank.forSplit(1, sample.id)))
              .toList();
      sorted.subList(0, (int) Math.round(0.2 * sorted.size())).forEach(s -> ids.add(s.id));
    }
    return ids;
  }

  private static List<Block> cut(List<Sample> samples) {
    List<Sample> sorted =
        samples.stream().sorted(Comparator.comparing(s -> Rank.forBlocks(1, s.id))).toList();
    List<Block> blocks = new ArrayList<>();
    for (int first = 0; first < sorted.size(); first += BLOCK) {
      List<Sample> rows = sorted.subList(first, Math.min(first + BLOCK, sorted.size()));
      long[] ids = rows.stream().mapToLong(sample -> sample.id).toArray();
      float[] features = new float[rows.size() * 64];
      float[] labels = new float[rows.size()];
      for (int row = 0; row < rows.size(); row++) {
        System.arraycopy(rows.get(row).features, 0, features, row * 64, 64);
        labels[row] = rows.get(row).label;
      }
      blocks.add(Block.of(blocks.size(), BLOCK, 64, ids, features, labels));
    }
    return blocks;
  }

  /** Everything that a block holds, in the order of numbers. */
  private static List<List<Object>> blocks(List<Block> blocks) {
    return blocks.stream()
        .sorted(Comparator.comparingInt(Block::number))
        .map(
            block -> {
              List<Object> content = new ArrayList<>(List.of(block.number(), block.capacity()));
              for (int row = 0; row < block.rows(); row++) {
                content.add(block.id(row));
                content.add(block.label(row));
                for (int column = 0; column < block.width(); column++) {
                  content.add(block.feature(row, column));
                }
              }
              return content;
            })
        .toList();
  }
}
