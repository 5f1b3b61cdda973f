package org.anabranch.spark.job;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.anabranch.spark.data.ImageSource;
import org.anabranch.spark.data.PackingRules;
import org.anabranch.spark.data.Source;

/** Folders of pictures that cannot be used. */
final class MalformedImages {
  private static final byte[] PICTURE = picture("png");

  private MalformedImages() {}

  static Stream<Malformed> all() {
    return Stream.of(
        images("no pictures", Map.of("a/x.gif", PICTURE), "pictures", "1 files", "Name the folder"),
        images(
            "one class", Map.of("a/x.png", PICTURE), "pictures", "1 folders", "Write the number"),
        images(
            "a class too many",
            Map.of("a/x.png", PICTURE, "b/x.png", PICTURE, "c/x.png", PICTURE),
            "pictures",
            "(a, b, c)",
            "Write the number"),
        images(
            "a picture in no class",
            Map.of("a/x.png", PICTURE, "b/x.png", PICTURE, "x.png", PICTURE),
            "pictures/x.png",
            "in no folder of a class",
            "Name the folder"),
        damaged("an empty file", "x.png", new byte[0], "no PNG"),
        damaged("half a PNG", "x.png", Arrays.copyOf(PICTURE, PICTURE.length / 2), "damaged"),
        damaged("half a JPEG", "x.jpg", Arrays.copyOf(picture("jpg"), 200), "damaged"),
        damaged("text", "x.jpeg", "no picture".getBytes(StandardCharsets.US_ASCII), "no PNG"),
        damaged("a vast picture", "x.png", vast(), "60000 × 60000"),
        new Malformed(
            "images: no folder",
            (folder, spark) -> Malformed.pack(spark, source(folder.resolve("nowhere"))),
            "nowhere",
            "no such file or folder",
            "Check data.path"));
  }

  static byte[] validPicture() {
    return PICTURE.clone();
  }

  /** A folder of two classes; the first has a picture of this content. */
  static Source withPicture(Path folder, byte[] content) throws IOException {
    return write(folder, Map.of("a/x.png", content, "b/y.png", PICTURE));
  }

  private static Malformed damaged(String name, String file, byte[] content, String value) {
    return images(
        name,
        Map.of("a/" + file, content, "b/y.png", PICTURE),
        "pictures/a/" + file,
        value,
        "Replace or delete the files");
  }

  private static Malformed images(
      String name, Map<String, byte[]> files, String place, String value, String remedy) {
    return new Malformed(
        "images: " + name,
        (folder, spark) -> Malformed.pack(spark, write(folder, files)),
        place,
        value,
        remedy);
  }

  private static Source write(Path folder, Map<String, byte[]> files) throws IOException {
    Path pictures = folder.resolve("pictures");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path place = pictures.resolve(file.getKey());
      Files.createDirectories(place.getParent());
      Files.write(place, file.getValue());
    }
    return source(pictures);
  }

  private static Source source(Path pictures) {
    PackingRules rules = new PackingRules(2, 0, false, 0, 0, 0, 32, 1);
    return new ImageSource(pictures.toString(), 4, 1, 255, rules);
  }

  /** Of many colours, so that its bytes do not repeat. */
  private static byte[] picture(String format) {
    BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      picture.setRGB(i % 16, i / 16, i * i * 977);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** A PNG whose header promises 3.6 billion pixels. */
  private static byte[] vast() {
    byte[] vast = PICTURE.clone();
    ByteBuffer file = ByteBuffer.wrap(vast); // signature 8, length 4, then IHDR
    file.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(vast, 12, 17);
    file.putInt(29, (int) crc.getValue());
    return vast;
  }
}
