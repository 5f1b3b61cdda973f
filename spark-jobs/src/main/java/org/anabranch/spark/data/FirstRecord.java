package org.anabranch.spark.data;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * Looks at the first record before any job starts: it says how many columns there are, and a file
 * that no codec can read is refused here, in the words of its format.
 */
final class FirstRecord {
  private final CsvSource source;
  private final SourceFiles input;
  private final FirstLine lines;

  FirstRecord(CsvSource source, SourceFiles input, Configuration configuration) {
    this.source = source;
    this.input = input;
    this.lines = new FirstLine(configuration);
  }

  /** The number of columns that every record must have, the label among them. */
  int columns() {
    for (FileStatus file : input.files()) {
      String name = input.root().shown(file.getPath().toString());
      String line = lines.after(source.header() ? 1 : 0, file.getPath(), name);
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
      return new DelimitedLine(source.delimiter()).fields(line).size();
    } catch (Refusal e) {
      throw new DataProblem(
          "%s: the first record has a quote that is not closed. Mend it.".formatted(name), e);
    }
  }
}
