package org.anabranch.spark.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The samples of a split's lines, then its report. Holds one sample at a time. */
final class ParsedLines implements Iterator<Parsed> {
  private final Lines lines;
  private final int headerLines;
  private final String file;
  private final SampleIds ids;
  private final RecordParser parser;

  private final long[] samplesOfClass;
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final List<BadRecord> firstBad = new ArrayList<>();
  private long number;
  private @Nullable Parsed next;
  private boolean reported;

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
      RecordParser parser) {
    this.lines = lines;
    this.number = linesBefore;
    this.headerLines = headerLines;
    this.file = file;
    this.ids = ids;
    this.parser = parser;
    this.samplesOfClass = new long[parser.classes()];
  }

  @Override
  public boolean hasNext() {
    if (next == null && !reported) {
      next = nextSample();
      if (next == null) {
        reported = true;
        next = new SplitReport(samplesOfClass, new BadRecords(faults, firstBad));
      }
    }
    return next != null;
  }

  @Override
  public Parsed next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Parsed result = next;
    next = null;
    return result;
  }

  private @Nullable Sample nextSample() {
    for (String line = nextLine(); line != null; line = nextLine()) {
      if (number <= headerLines || line.isBlank()) {
        continue;
      }
      Parsed parsed = parser.parse(line, ids.id(number), file, number);
      if (parsed instanceof Sample sample) {
        samplesOfClass[sample.label]++;
        return sample;
      }
      if (parsed instanceof BadRecord bad) {
        note(bad);
      }
    }
    return null;
  }

  private void note(BadRecord bad) {
    faults.merge(bad.fault(), 1L, Long::sum);
    if (firstBad.size() < BadRecords.KEPT) {
      firstBad.add(bad);
    }
  }

  private @Nullable String nextLine() {
    try {
      String line = lines.next();
      number++;
      return line;
    } catch (Exception failure) {
      throw readFailure(failure);
    }
  }

  // Spark's iterator is Scala's and throws the checked exceptions of Hadoop's readers undeclared.
  private RuntimeException readFailure(Exception failure) {
    boolean stopped =
        failure instanceof InterruptedIOException || failure instanceof ClosedByInterruptException;
    if (failure instanceof IOException && !stopped) {
      return new DataProblem(
          "%s: cannot be read beyond line %d (%s). Replace the file by a whole one."
              .formatted(file, number, CsvFiles.firstLine(failure)),
          failure);
    }
    if (failure instanceof RuntimeException unchecked) {
      return unchecked;
    }
    return new IllegalStateException(failure);
  }
}
