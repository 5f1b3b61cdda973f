package org.anabranch.spark.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The records of one file after the other. */
final class SeriesFiles implements RecordStream {
  private final Iterator<String> paths;
  private final SeriesReading reading;
  private @Nullable TextLines lines;
  private @Nullable RecordStream records;
  private SeriesTally before = SeriesTally.none();

  SeriesFiles(Iterator<String> paths, SeriesReading reading) {
    this.paths = paths;
    this.reading = reading;
  }

  @Override
  public @Nullable Parsed next() {
    while (true) {
      Parsed next = records == null ? null : records.next();
      if (next != null) {
        return next;
      }
      before = tally();
      close();
      if (!paths.hasNext()) {
        return null;
      }
      String path = paths.next();
      lines = reading.open(path);
      records = reading.records(lines, path);
    }
  }

  @Override
  public SeriesTally tally() {
    return records == null ? before : before.plus(records.tally());
  }

  private void close() {
    try {
      if (lines != null) {
        lines.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines = null;
    records = null;
  }
}
