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

/**
 * Looks at the first record before any job starts: it says how many columns there are, and a file
 * that no codec can read is refused here, in the words of its format.
 */
final class FirstRecord {
  /** Formats known by their first bytes (in hexadecimal), which would be read as text. */
  private static final Map<String, String> NOT_TEXT =
      Map.of(
          "1f8b", "gzip data; let its name end in .gz",
          "425a68", "bzip2 data; let its name end in .bz2",
          "28b52ffd", "Zstandard data; let its name end in .zst, or unpack it",
          "504b0304", "a zip archive; unpack it, or pack it with gzip",
          "fd377a585a", "xz data; unpack it, or pack it with gzip",
          "50415231", "a Parquet file; write it as CSV");

  private final CsvSource source;
  private final SourceFiles input;
  private final Configuration configuration;

  FirstRecord(CsvSource source, SourceFiles input, Configuration configuration) {
    this.source = source;
    this.input = input;
    this.configuration = configuration;
  }

  /** The number of columns that every record must have, the label among them. */
  int columns() {
    for (FileStatus file : input.files()) {
      String name = input.root().shown(file.getPath().toString());
      String line = firstLine(file.getPath(), name);
      if (line != null) {
        int label = source.hasLabels() ? 1 : 0;
        return checked(
            source.features() > 0 ? source.features() + label : columns(line, name), name);
      }
    }
    throw new DataProblem(
        "%s: no records, only blank lines%s. Name a file with at least one record a class."
            .formatted(source.path(), source.header() ? " after the header" : ""));
  }

  private int checked(int columns, String name) {
    if (columns < 2 && source.hasLabels()) {
      throw new DataProblem(
          "%s: 1 column, expected features and a label. Check data.delimiter, which is '%s'."
              .formatted(name, source.delimiter() == '\t' ? "\\t" : source.delimiter()));
    }
    if (source.labelColumn() >= columns) {
      throw new DataProblem(
          "%s: %d columns, so there is no label column %d. Set data.label-column to 0 … %d, or -1."
              .formatted(name, columns, source.labelColumn(), columns - 1));
    }
    return columns;
  }

  private int columns(String line, String name) {
    try {
      return RecordParser.columns(line, source.delimiter());
    } catch (IOException e) {
      throw new DataProblem(
          "%s: the first record has a quote that is not closed. Mend it.".formatted(name), e);
    }
  }

  private @Nullable String firstLine(Path path, String name) {
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
    // What a codec throws when its native library is missing is not declared and differs.
    try (InputStream raw = path.getFileSystem(configuration).open(path)) {
      InputStream text = codec == null ? textOf(raw, name) : codec.createInputStream(raw);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
      int header = source.header() ? 1 : 0;
      return lines.lines().skip(header).filter(line -> !line.isBlank()).findFirst().orElse(null);
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

  static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
