package org.anabranch.spark.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.IdxFiles;
import org.anabranch.spark.data.IdxSource;
import org.anabranch.spark.data.PackedData;
import org.anabranch.spark.data.PackingRules;
import org.anabranch.spark.data.Source;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.LocalFolder;
import org.anabranch.train.Safetensors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * An input that cannot be used, and what its user must be told.
 *
 * @param place which file, line or record
 * @param value what was met there
 * @param remedy what to do
 */
record Malformed(String name, Reading reading, String place, String value, String remedy) {
  /** Reads the input as a run would. Ends with an exception. */
  interface Reading {
    void read(Path folder, JavaSparkContext spark) throws Exception;
  }

  @Override
  public String toString() {
    return name;
  }

  static Malformed configuration(String text, String place, String value, String remedy) {
    return new Malformed(
        "configuration: " + text.replace('\n', ' '),
        (folder, spark) -> readConfiguration(folder, text),
        place,
        value,
        remedy);
  }

  static Malformed csv(String name, String text, String place, String value, String remedy) {
    return new Malformed(
        "csv: " + name,
        (folder, spark) -> {
          Path file = Files.writeString(folder.resolve("a.csv"), text);
          pack(spark, CsvSource.at(file.toString()).build());
        },
        place,
        value,
        remedy);
  }

  static Malformed idx(
      String name, byte[] arrays, byte[] labels, String place, String value, String remedy) {
    return new Malformed(
        "idx: " + name,
        (folder, spark) -> pack(spark, idx(folder, "", arrays, labels)),
        place,
        value,
        remedy);
  }

  static Malformed packedIdx(
      String name, byte[] arrays, byte[] labels, String place, String value, String remedy) {
    return new Malformed(
        "idx.gz: " + name,
        (folder, spark) -> pack(spark, idx(folder, ".gz", arrays, labels)),
        place,
        value,
        remedy);
  }

  static Malformed safetensors(
      String name, byte[] file, String place, String value, String remedy) {
    return new Malformed(
        "safetensors: " + name,
        (folder, spark) -> Safetensors.read(file, "p.safetensors"),
        place,
        value,
        remedy);
  }

  static Malformed checkpoint(String name, byte[] file, String place, String value, String remedy) {
    return new Malformed(
        "checkpoint: " + name,
        (folder, spark) -> readCheckpoint(folder, file),
        place,
        value,
        remedy);
  }

  static void readConfiguration(Path folder, String text) throws IOException {
    Files.writeString(folder.resolve("a.conf"), text);
    new ConfigurationReader(new Environment(name -> null), folder)
        .read(Path.of("a.conf"), List.of());
  }

  static void readCheckpoint(Path folder, byte[] file) throws IOException {
    LocalFolder run = LocalFolder.open(folder.resolve("run"));
    run.write("checkpoint-000000007.safetensors", file);
    new Checkpoints(run).latest("mine", warning -> {});
  }

  static Source idx(Path folder, String suffix, byte[] arrays, byte[] labels) throws IOException {
    boolean packed = !suffix.isEmpty();
    Path x = folder.resolve("x" + suffix);
    Path y = folder.resolve("y" + suffix);
    Files.write(x, packed ? IdxFiles.gzip(arrays) : arrays);
    Files.write(y, packed ? IdxFiles.gzip(labels) : labels);
    return new IdxSource(
        x.toString(), y.toString(), "", "", 0, 255, new PackingRules(2, 0, false, 0, 0, 0, 32, 1));
  }

  static void pack(JavaSparkContext spark, Source source) {
    PackedData.pack(spark, source, 32, 1).close();
  }
}
