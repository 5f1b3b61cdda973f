package org.anabranch.spark.job;

import static org.anabranch.spark.job.Malformed.csv;
import static org.anabranch.spark.job.Malformed.idx;
import static org.anabranch.spark.job.Malformed.packedIdx;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Stream;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.IdxFiles;
import org.anabranch.spark.data.IdxSource;
import org.anabranch.spark.data.PackingRules;

/** Files of data that cannot be used. */
final class MalformedRecords {
  private static final byte[] ARRAYS = IdxFiles.bytes(new byte[12], 3, 2, 2);
  private static final byte[] LABELS = IdxFiles.bytes(new byte[] {0, 1, 0}, 3);

  private MalformedRecords() {}

  static Stream<Malformed> all() {
    return Stream.concat(text(), arrays());
  }

  static byte[] validArrays() {
    return ARRAYS.clone();
  }

  static byte[] validLabels() {
    return LABELS.clone();
  }

  private static Stream<Malformed> text() {
    return Stream.of(
        new Malformed(
            "csv: no file",
            (folder, spark) ->
                Malformed.pack(spark, CsvSource.at(folder.resolve("n.csv").toString()).build()),
            "n.csv",
            "no such file",
            "Check data.path"),
        new Malformed(
            "csv: no file system",
            (folder, spark) -> Malformed.pack(spark, CsvSource.at("gopher://h/a.csv").build()),
            "gopher://h/a.csv",
            "gopher",
            "Check data.path"),
        csv("empty", "", "a.csv", "0 bytes", "Name a file"),
        csv("blank lines", "\n \n", "a.csv", "only blank lines", "Name a file"),
        csv("one column", "1;2;0\n", "a.csv", "1 column", "Check data.delimiter"),
        csv("a column too few", "1,2,0\n1,0\n", "a.csv:2", "2 columns", "Mend"),
        csv("a column too many", "1,2,0\n1,2,3,0\n", "a.csv:2", "4 columns", "Mend"),
        csv("a word", "1,2,0\n1,two,0\n", "a.csv:2", "'two'", "Mend"),
        csv("an empty field", "1,2,0\n1,,0\n", "a.csv:2", "''", "Mend"),
        csv("NaN", "1,2,0\nNaN,2,0\n", "a.csv:2", "'NaN'", "Mend"),
        csv("infinity", "1,2,0\n1,1e999,0\n", "a.csv:2", "'1e999'", "Mend"),
        csv("beyond float32", "1,2,0\n1,1e39,0\n", "a.csv:2", "'1e39'", "Mend"),
        csv("a hexadecimal number", "1,2,0\n1,0x1p3,0\n", "a.csv:2", "'0x1p3'", "Mend"),
        csv("a label of no class", "1,2,0\n1,2,2\n", "a.csv:2", "label '2'", "data.classes"),
        csv("a negative label", "1,2,0\n1,2,-1\n", "a.csv:2", "label '-1'", "data.classes"),
        csv("half a label", "1,2,0\n1,2,0.5\n", "a.csv:2", "label '0.5'", "data.label-column"),
        csv("an open quote", "1,2,0\n\"1,2,0\n", "a.csv:2", "quote", "Mend"),
        csv("a header", "x,y,z\n1,2,0\n", "a.csv:1", "'z'", "data.header = true"),
        csv("Parquet", "PAR1....", "a.csv", "Parquet", "write it as CSV"),
        csv("zip", "PK\3\4....", "a.csv", "zip", "unpack it"),
        csv("binary", "\0\1\2\3\n\4\5", "a.csv", "1 column", "Check data.delimiter"));
  }

  private static Stream<Malformed> arrays() {
    return Stream.of(
        idx("an empty file", new byte[0], LABELS, "x", "0 bytes", "Name a file"),
        idx("half a header", Arrays.copyOf(ARRAYS, 9), LABELS, "x", "ends within", "Fetch"),
        idx("text", ascii("1,2,0\n1,2,1\n"), LABELS, "x", "312c322c", "check data.path"),
        idx("an unknown type", changed(ARRAYS, 2, 0x0a), LABELS, "x", "00000a03", "check data"),
        idx("no dimension", changed(ARRAYS, 3, 0), LABELS, "x", "00000800", "check data.path"),
        idx("gzip without suffix", IdxFiles.gzip(ARRAYS), LABELS, "x", "gzip", ".gz"),
        idx("a negative size", changed(ARRAYS, 8, 0xff), LABELS, "x", "-16777214", "etch it"),
        idx("a vast record", changed(ARRAYS, 9, 0xff), LABELS, "x", "16711682", "etch it"),
        idx("a size of 0", changed(ARRAYS, 11, 0), LABELS, "x", "[3, 0, 2]", "etch it"),
        idx("a byte too few", Arrays.copyOf(ARRAYS, 27), LABELS, "x", "27 bytes", "Fetch it"),
        idx("a byte too many", Arrays.copyOf(ARRAYS, 29), LABELS, "x", "29 bytes", "Fetch it"),
        idx("too few labels", ARRAYS, IdxFiles.bytes(new byte[2], 2), "x", "3 records", "belong"),
        idx("arrays as labels", ARRAYS, ARRAYS, "y", "4 values", "Check data.labels"),
        idx("a label of no class", ARRAYS, changed(LABELS, 9, 7), "y:2", "label 7", "data.classes"),
        idx("NaN", floats(Float.NaN), LABELS, "x:1", "NaN", "Mend"),
        packedIdx("a record too few", Arrays.copyOf(ARRAYS, 25), LABELS, "x.gz", "2 of 3", "Fetch"),
        packedIdx("a byte too many", Arrays.copyOf(ARRAYS, 29), LABELS, "x.gz", "3 rec", "Fetch"),
        new Malformed(
            "idx: text that is called gzip",
            (folder, spark) -> {
              Files.write(folder.resolve("z.gz"), ARRAYS);
              Files.write(folder.resolve("y"), LABELS);
              Malformed.pack(
                  spark,
                  new IdxSource(
                      folder.resolve("z.gz").toString(),
                      folder.resolve("y").toString(),
                      "",
                      "",
                      0,
                      1,
                      new PackingRules(2, 0, false, 0, 0, 0, 32, 1)));
            },
            "z.gz",
            "gzip",
            "whole"));
  }

  private static byte[] floats(float first) {
    return IdxFiles.file(
        0x0d,
        new int[] {3, 1},
        data -> {
          data.writeFloat(first);
          data.writeFloat(0);
          data.writeFloat(0);
        });
  }

  private static byte[] changed(byte[] file, int at, int value) {
    byte[] changed = file.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
