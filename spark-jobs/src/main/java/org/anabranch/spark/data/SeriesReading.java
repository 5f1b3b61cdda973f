package org.anabranch.spark.data;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Reads files of which each line is a time of a series. */
final class SeriesReading implements FileReading {
  private final SeriesSource source;
  private final Root root;
  private final Configuration configuration;

  SeriesReading(SeriesSource source, Root root, Configuration configuration) {
    this.source = source;
    this.root = root;
    this.configuration = configuration;
  }

  int classes() {
    return source.rules().classes();
  }

  /** Opens a file. */
  TextLines open(String path) {
    try {
      return TextLines.open(new Path(path), Integer.MAX_VALUE, configuration);
    } catch (IOException e) {
      throw new DataProblem(
          "%s: cannot be read (%s). Check the rights to read it."
              .formatted(root.shown(path), SourceFiles.firstLine(e)),
          e);
    }
  }

  @Override
  public RecordStream records(Lines lines, String path) {
    SampleIds ids = new SampleIds(root.relative(path));
    return new WindowReader(lines, root.shown(path), ids, source, parts(path));
  }

  /** Reads the file once more where it has to be known how many rows there are. */
  private @Nullable WindowParts parts(String path) {
    return source.splitsByTime() ? WindowParts.of(rows(path), source.rules()) : null;
  }

  private long rows(String path) {
    long rows = -1; // the first line holds names
    long number = 0;
    try (TextLines lines = open(path)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        number++;
        rows += line.isBlank() ? 0 : 1;
      }
    } catch (IOException e) {
      throw ParsedLines.readFailure(e, root.shown(path), number);
    }
    return Math.max(0, rows);
  }
}
