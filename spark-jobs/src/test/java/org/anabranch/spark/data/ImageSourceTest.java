package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.anabranch.spark.TestSpark;
import org.anabranch.train.Block;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSourceTest {
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
  void foldersAreClassesInTheOrderOfTheirNames() throws IOException {
    write("dog/a.png", "png", filled(4, 4, 0xff0000));
    write("cat/b.png", "png", filled(6, 2, 0x0000ff));
    write("cat/deep/c.PNG", "png", filled(5, 5, 0x00ff00));
    Files.writeString(folder.resolve("cat/readme.txt"), "passed over");
    for (PackedData data : bothWays(source(2, 3, 0))) {
      assertThat(data.samplesOfClass()).containsExactly(2L, 1L);
      assertThat(row(data, "dog/a.png"))
          .containsExactly(1, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0);
      assertThat(row(data, "cat/b.png"))
          .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255);
      assertThat(row(data, "cat/deep/c.PNG")).startsWith(0, 0, 0, 0, 0, 255);
    }
  }

  /** Each value belongs to pixels of one new pixel, or is shared by two in equal halves. */
  @Test
  void aPixelIsTheMeanOfWhatItCovers() throws IOException {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    int[][] values = {{30, 60, 90}, {120, 150, 180}};
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 3; x++) {
        picture.getRaster().setSample(x, y, 0, values[y][x]);
      }
    }
    write("a/x.png", "png", picture);
    write("b/y.png", "png", filled(3, 3, 0x123456));
    try (PackedData data = PackedData.pack(spark, source(2, 1, 0), 32, 1)) {
      assertThat(row(data, "a/x.png")).containsExactly(0, 40, 80, 130, 170);
    }
    try (PackedData data = PackedData.pack(spark, source(1, 1, 0), 32, 1)) {
      assertThat(row(data, "a/x.png")).containsExactly(0, 105);
    }
  }

  @Test
  void jpegIsReadAsCloseAsItWasWritten() throws IOException {
    write("a/x.jpg", "jpg", filled(64, 48, 0x406080));
    write("b/y.jpeg", "jpg", filled(48, 64, 0xe0a020));
    try (PackedData data = PackedData.pack(spark, source(4, 3, 0), 32, 1)) {
      float[] x = row(data, "a/x.jpg");
      int[] expected = {0x40, 0x60, 0x80};
      for (int i = 0; i < 48; i++) {
        assertThat(x[i + 1]).isCloseTo(expected[i / 16], within(3f));
      }
    }
  }

  @Test
  void damagedPicturesAreCountedAndNamed() throws IOException {
    for (int i = 0; i < 8; i++) {
      write("%s/%d.png".formatted(i % 2 == 0 ? "a" : "b", i), "png", filled(9, 9, 0x010101 * i));
    }
    byte[] whole = Files.readAllBytes(folder.resolve("a/0.png"));
    Files.write(folder.resolve("a/half.png"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("b/text.jpg"), "no picture");
    for (PackedData data : bothWays(source(4, 1, 0.3))) {
      assertThat(data.trainSamples()).isEqualTo(8);
      assertThat(data.bad().summary()).isEqualTo("2 unreadable picture");
      assertThat(data.bad().first().get(0).sentence()).contains("a/half.png: no PNG or JPEG");
      assertThat(data.bad().first().get(1).sentence()).contains("b/text.jpg: no PNG or JPEG");
    }
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(() -> PackedData.pack(spark, source(4, 1, 0.1), 32, 1).close())
        .withMessageContaining("2 of 10 records are bad")
        .withMessageContaining("Replace or delete the files");
  }

  /** The smaller one would take 400 MB, were it kept as a whole; the test's heap holds both. */
  @ParameterizedTest
  @CsvSource({"10000,9999,true", "60000,60000,false"})
  void aPictureThatUnpacksToHundredsOfMegabytesCostsLittle(int width, int height, boolean read)
      throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.write(folder.resolve("a/bomb.png"), bomb(width, height));
    write("b/y.png", "png", filled(3, 3, 0x123456));
    ImageSource source = source(8, 1, 0.5);
    try (PackedData data = PackedData.pack(spark, source, 32, 1)) {
      assertThat(data.trainSamples()).isEqualTo(read ? 2 : 1);
      assertThat(data.bad().summary()).isEqualTo(read ? "" : "1 too large a picture");
    }
  }

  @Test
  void foldersThatAreNoClassesAreRefused() throws IOException {
    write("a/x.png", "png", filled(3, 3, 0));
    refused(source(2, 1, 0), "1 folders of pictures (a), but data.classes is 2");
    write("x.png", "png", filled(3, 3, 0));
    refused(source(2, 1, 0), "x.png: the picture lies in no folder of a class");
    Files.delete(folder.resolve("x.png"));
    Files.delete(folder.resolve("a/x.png"));
    Files.writeString(folder.resolve("a/x.gif"), "x");
    refused(source(2, 1, 0), "1 files, but none ends in .png");
  }

  private static void refused(ImageSource source, String fact) {
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(() -> SourceInput.open(source, spark.hadoopConfiguration()))
        .withMessageContaining(fact);
  }

  private ImageSource source(int size, int channels, double bad) {
    PackingRules rules = new PackingRules(2, bad, false, 0, 0, 0, 32, 1);
    return new ImageSource(folder.toString(), size, channels, 1, rules);
  }

  private static List<PackedData> bothWays(ImageSource source) {
    return List.of(
        SourceInput.open(source, spark.hadoopConfiguration(), Long.MAX_VALUE).pack(spark, 32, 1),
        SourceInput.open(source, spark.hadoopConfiguration(), 0).pack(spark, 32, 2));
  }

  /** Label, then features. */
  private static float[] row(PackedData data, String relative) {
    long id = new SampleIds(relative).id(1);
    for (Block block : data.train().collect()) {
      for (int row = 0; row < block.rows(); row++) {
        if (block.id(row) == id) {
          float[] values = new float[block.width() + 1];
          values[0] = block.label(row);
          for (int column = 0; column < block.width(); column++) {
            values[column + 1] = block.feature(row, column);
          }
          return values;
        }
      }
    }
    throw new AssertionError("no sample of " + relative);
  }

  private void write(String name, String format, BufferedImage picture) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(picture, format, file.toFile())).isTrue();
  }

  private static BufferedImage filled(int width, int height, int rgb) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, rgb);
      }
    }
    return picture;
  }

  /** A black RGBA picture as PNG, written row by row; of a very high one only the first row. */
  private static byte[] bomb(int width, int height) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    chunk(file, "IHDR", header(width, height));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream rows = new DeflaterOutputStream(packed)) {
      byte[] row = new byte[1 + 4 * width];
      for (int y = 0; y < (height > 10_000 ? 1 : height); y++) {
        rows.write(row);
      }
    }
    chunk(file, "IDAT", packed.toByteArray());
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static byte[] header(int width, int height) {
    byte[] rest = {8, 6, 0, 0, 0};
    return ByteBuffer.allocate(13).putInt(width).putInt(height).put(rest).array();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
    ByteBuffer body = ByteBuffer.allocate(4 + content.length);
    body.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 crc = new CRC32();
    crc.update(body.array());
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
    chunk.putInt(content.length).put(body.array()).putInt((int) crc.getValue());
    file.writeBytes(chunk.array());
  }
}
