package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.spark.TestSpark;
import org.anabranch.train.Block;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxSourceTest {
  private static final int ROWS = 100;
  private static final int WIDTH = 6;

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

  @ParameterizedTest
  @CsvSource({"1,false", "2,false", "3,true", "7,true"})
  void samplesAreTheNumbersThatWereWritten(int partitions, boolean packed) throws IOException {
    IdxSource source = source("a", packed, IdxSource.NONE, 0);
    for (PackedData data : bothWays(source, partitions)) {
      Map<Long, List<Float>> found = samples(data.train().collect());
      assertThat(found).hasSize(ROWS);
      SampleIds ids = new SampleIds("a-images" + (packed ? ".gz" : ""));
      for (int row = 0; row < ROWS; row++) {
        List<Float> expected = new ArrayList<>(List.of((float) (row % 10)));
        for (int column = 0; column < WIDTH; column++) {
          expected.add(pixel(row, column) / 255f);
        }
        assertThat(found.get(ids.id(row + 1))).isEqualTo(expected);
      }
      assertThat(data.samplesOfClass()).hasSize(10).allMatch(count -> count == 10);
      data.close();
    }
  }

  @Test
  void packedAndPlainFilesGiveTheSameSamplesUnderTheirNames() throws IOException {
    IdxSource plain = source("a", false, IdxSource.NONE, 0);
    IdxSource packed = source("a", true, IdxSource.NONE, 0);
    List<PackedData> ways = new ArrayList<>(bothWays(plain, 2));
    ways.addAll(bothWays(packed, 2));
    assertThat(ways.get(0).fingerprint()).isEqualTo(ways.get(1).fingerprint());
    assertThat(ways.get(2).fingerprint()).isEqualTo(ways.get(3).fingerprint());
    assertThat(samples(ways.get(0).train().collect()).values())
        .containsExactlyInAnyOrderElementsOf(samples(ways.get(2).train().collect()).values());
  }

  @Test
  void filesForTestingAreForTestingAlone() throws IOException {
    IdxSource source = source("a", false, "t", 0);
    for (PackedData data : bothWays(source, 2)) {
      assertThat(data.trainSamples()).isEqualTo(ROWS);
      assertThat(data.testSamples()).isEqualTo(ROWS);
      SampleIds ofTest = new SampleIds("test:t-images");
      assertThat(samples(data.test().collect())).containsKey(ofTest.id(1)).hasSize(ROWS);
      assertThat(samples(data.train().collect())).doesNotContainKey(ofTest.id(1));
    }
  }

  @Test
  void withoutThemAShareOfEachClassIs() throws IOException {
    for (PackedData data : bothWays(source("a", false, IdxSource.NONE, 0.2), 2)) {
      assertThat(data.testSamples()).isEqualTo(20);
      Map<Float, Integer> ofClass = new TreeMap<>();
      samples(data.test().collect())
          .values()
          .forEach(s -> ofClass.merge(s.get(0), 1, Integer::sum));
      assertThat(ofClass.values()).hasSize(10).allMatch(count -> count == 2);
    }
  }

  @Test
  void everyTypeOfNumberIsRead() throws IOException {
    Map<Integer, IdxFiles.Values> types =
        Map.of(
            0x09, data -> data.writeByte(-3),
            0x0b, data -> data.writeShort(-300),
            0x0c, data -> data.writeInt(1 << 20),
            0x0d, data -> data.writeFloat(0.5f),
            0x0e, data -> data.writeDouble(-1e-3));
    Map<Integer, Float> expected =
        Map.of(0x09, -3f, 0x0b, -300f, 0x0c, 1048576f, 0x0d, 0.5f, 0x0e, -1e-3f);
    Path labels = Files.write(folder.resolve("l"), IdxFiles.bytes(new byte[1], 1));
    for (int code : types.keySet()) {
      byte[] file = IdxFiles.file(code, new int[] {1, 1}, types.get(code));
      Path arrays = Files.write(folder.resolve("x" + code), file);
      IdxSource source =
          new IdxSource(arrays.toString(), labels.toString(), "", "", 0, 1, rules(0));
      try (PackedData data = PackedData.pack(spark, source, 32, 1)) {
        assertThat(data.train().first().feature(0, 0)).isEqualTo(expected.get(code));
      }
    }
  }

  @Test
  void aBadLabelIsARecordLeftOut() throws IOException {
    byte[] labels = {0, 1, 10, 3};
    Files.write(folder.resolve("l"), IdxFiles.bytes(labels, 4));
    Files.write(folder.resolve("x"), IdxFiles.bytes(new byte[8], 4, 2));
    IdxSource source =
        new IdxSource(
            folder.resolve("x").toString(),
            folder.resolve("l").toString(),
            "",
            "",
            0,
            1,
            new PackingRules(10, 0.3, false, 0, 0, 0, 32, 1));
    for (PackedData data : bothWays(source, 1)) {
      assertThat(data.trainSamples()).isEqualTo(3);
      assertThat(data.bad().first())
          .singleElement()
          .satisfies(bad -> assertThat(bad.sentence()).endsWith("l:3: label 10, expected 0 to 9"));
    }
  }

  private static int pixel(int row, int column) {
    return (row * 37 + column * 101) & 0xff;
  }

  private IdxSource source(String name, boolean packed, String testName, double share)
      throws IOException {
    String test = testName.isEmpty() ? "" : write(testName + "-images", images(), packed);
    return new IdxSource(
        write(name + "-images", images(), packed),
        write(name + "-labels", labels(), packed),
        test,
        test.isEmpty() ? "" : write(testName + "-labels", labels(), packed),
        0,
        255,
        rules(share));
  }

  private static PackingRules rules(double share) {
    return new PackingRules(10, 0, false, share, 0, 0, 32, 1);
  }

  private String write(String name, byte[] content, boolean packed) throws IOException {
    Path file = folder.resolve(packed ? name + ".gz" : name);
    return Files.write(file, packed ? IdxFiles.gzip(content) : content).toString();
  }

  private static byte[] images() {
    byte[] pixels = new byte[ROWS * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) pixel(i / WIDTH, i % WIDTH);
    }
    return IdxFiles.bytes(pixels, ROWS, 2, 3);
  }

  private static byte[] labels() {
    byte[] labels = new byte[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = (byte) (i % 10);
    }
    return IdxFiles.bytes(labels, ROWS);
  }

  /** On the driver and on the executors. */
  private static List<PackedData> bothWays(IdxSource source, int partitions) {
    List<PackedData> ways = new ArrayList<>();
    for (long smallBytes : new long[] {Long.MAX_VALUE, 0}) {
      ways.add(
          SourceInput.open(source, spark.hadoopConfiguration(), smallBytes)
              .pack(spark, 64, partitions));
    }
    return ways;
  }

  /** Label and features by identity. */
  private static Map<Long, List<Float>> samples(List<Block> blocks) {
    Map<Long, List<Float>> samples = new TreeMap<>();
    for (Block block : blocks) {
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
