package org.anabranch.spark.data;

import java.io.IOException;
import java.util.function.Function;
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
    String relative = root.relative(path);
    SampleIds ids = new SampleIds(relative);
    return new WindowReader(lines, root.shown(path), ids, source, parts(path, relative));
  }

  private Function<String, @Nullable WindowParts> parts(String path, String relative) {
    if (!source.splitsByTime()) {
      return series -> null;
    }
    try (TextLines lines = open(path)) {
      SeriesLengths lengths = SeriesLengths.count(lines, source, root.shown(path));
      return series -> lengths.parts(series, source, relative);
    } catch (IOException e) {
      throw ParsedLines.readFailure(e, root.shown(path), 0);
    }
  }
}
