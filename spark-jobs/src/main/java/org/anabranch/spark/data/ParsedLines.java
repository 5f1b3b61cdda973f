package org.anabranch.spark.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** The records of a split's lines; blank lines and the header are none. */
final class ParsedLines implements RecordStream {
  private final Lines lines;
  private final int headerLines;
  private final String file;
  private final SampleIds ids;
  private final LineParser parser;
  private long number;
  private long values;
  private long missing;

  /**
   * Numbers the lines from {@code linesBefore + 1}; the first {@code headerLines} of a file are
   * none.
   */
  ParsedLines(
      Lines lines,
      long linesBefore,
      int headerLines,
      String file,
      SampleIds ids,
      LineParser parser) {
    this.lines = lines;
    this.number = linesBefore;
    this.headerLines = headerLines;
    this.file = file;
    this.ids = ids;
    this.parser = parser;
  }

  @Override
  public @Nullable Parsed next() {
    for (String line = nextLine(); line != null; line = nextLine()) {
      if (number > headerLines && !line.isBlank()) {
        return counted(parser.parse(line, ids.id(number), file, number));
      }
    }
    return null;
  }

  @Override
  public SeriesTally tally() {
    return new SeriesTally(values, missing, 0, 0, 0);
  }

  private Parsed counted(Parsed parsed) {
    int mayBeMissing = parser.mayBeMissing();
    if (mayBeMissing > 0 && parsed instanceof Sample sample) {
      values += mayBeMissing;
      missing += sample.missing(mayBeMissing);
    }
    return parsed;
  }

  private @Nullable String nextLine() {
    try {
      String line = lines.next();
      number++;
      return line;
    } catch (Exception failure) {
      throw readFailure(failure, file, number);
    }
  }

  // Spark's iterator is Scala's and throws the checked exceptions of Hadoop's readers undeclared.
  static RuntimeException readFailure(Exception failure, String file, long number) {
    boolean stopped =
        failure instanceof InterruptedIOException || failure instanceof ClosedByInterruptException;
    if (failure instanceof IOException && !stopped) {
      return new DataProblem(
          "%s: cannot be read beyond line %d (%s). Replace the file by a whole one."
              .formatted(file, number, SourceFiles.firstLine(failure)),
          failure);
    }
    if (failure instanceof RuntimeException unchecked) {
      return unchecked;
    }
    return new IllegalStateException(failure);
  }
}
