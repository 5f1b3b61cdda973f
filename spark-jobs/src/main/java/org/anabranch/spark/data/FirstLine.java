package org.anabranch.spark.data;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.jspecify.annotations.Nullable;

/** Looks at the begin of a file of text, before any job. */
final class FirstLine {
  /** Formats known by their first bytes (in hexadecimal), which would be read as text. */
  private static final Map<String, String> NOT_TEXT =
      Map.of(
          "1f8b", "gzip data; let its name end in .gz",
          "425a68", "bzip2 data; let its name end in .bz2",
          "28b52ffd", "Zstandard data; let its name end in .zst, or unpack it",
          "504b0304", "a zip archive; unpack it, or pack it with gzip",
          "fd377a585a", "xz data; unpack it, or pack it with gzip",
          "50415231", "a Parquet file; write it as CSV");

  private final Configuration configuration;

  FirstLine(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * The first line that is not blank, or null.
   *
   * @param skipped lines before those that are looked at
   * @param name what errors call the file
   * @throws DataProblem if it cannot be read, or holds no text
   */
  @Nullable String after(int skipped, Path path, String name) {
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
    // What a codec throws when its native library is missing is not declared and differs.
    try (InputStream raw = path.getFileSystem(configuration).open(path)) {
      InputStream text = codec == null ? textOf(raw, name) : codec.createInputStream(raw);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
      return lines.lines().skip(skipped).filter(line -> !line.isBlank()).findFirst().orElse(null);
    } catch (DataProblem problem) {
      throw problem;
    } catch (IOException | RuntimeException | LinkageError e) {
      String format = codec == null ? "" : " as " + codec.getDefaultExtension().substring(1);
      throw new DataProblem(
          "%s: cannot be read%s (%s). Check that the file is whole, or unpack it first."
              .formatted(name, format, reason(e)),
          e);
    }
  }

  private static InputStream textOf(InputStream raw, String name) throws IOException {
    byte[] start = raw.readNBytes(8);
    StringBuilder hex = new StringBuilder();
    for (byte b : start) {
      hex.append("%02x".formatted(b));
    }
    NOT_TEXT.forEach(
        (magic, what) -> {
          if (hex.indexOf(magic) == 0) {
            throw new DataProblem("%s: the file holds %s.".formatted(name, what));
          }
        });
    return new SequenceInputStream(new ByteArrayInputStream(start), raw);
  }

  /** The first line of the first file that has one, so that what is no text is refused at once. */
  String requireText(int skipped, SourceFiles input, String source) {
    for (FileStatus file : input.files()) {
      String name = input.root().shown(file.getPath().toString());
      String line = after(skipped, file.getPath(), name);
      if (line != null) {
        return line;
      }
    }
    throw new DataProblem(
        "%s: no records, only blank lines%s. Name a file with at least one record a class."
            .formatted(source, skipped > 0 ? " after the header" : ""));
  }

  static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
