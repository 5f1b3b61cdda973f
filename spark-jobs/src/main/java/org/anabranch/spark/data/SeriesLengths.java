package org.anabranch.spark.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows the series of a file have, for those that are split by time: the file is read once
 * more.
 *
 * @param rows by what tells series apart
 */
record SeriesLengths(Map<String, Long> rows) {
  SeriesLengths {
    rows = Map.copyOf(rows);
  }

  /** Counts rows as {@link WindowReader} does: one that cannot be cut is of the series before. */
  static SeriesLengths count(Lines lines, SeriesSource source, String file) {
    DelimitedLine cutter = new DelimitedLine(source.delimiter());
    Map<String, Long> rows = new HashMap<>();
    int column = Integer.MIN_VALUE;
    String series = SeriesSource.NONE;
    long number = 0;
    try {
      for (String line = lines.next(); line != null; line = lines.next()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        List<String> fields = fields(cutter, line);
        if (column == Integer.MIN_VALUE) {
          column = SeriesColumns.of(source, fields, file).series();
          continue;
        }
        series = column >= 0 && column < fields.size() ? fields.get(column) : series;
        rows.merge(series, 1L, Long::sum);
      }
    } catch (Exception failure) {
      if (failure instanceof DataProblem problem) {
        throw problem;
      }
      throw ParsedLines.readFailure(failure, file, number);
    }
    return new SeriesLengths(rows);
  }

  /** The parts of a series. */
  WindowParts parts(String series, SeriesSource source, String relative) {
    long count = rows.getOrDefault(series, 0L);
    if (source.series().equals(SeriesSource.NONE)) {
      return WindowParts.of(count, source.rules());
    }
    long id = new SampleIds(relative + "\n" + series).id(0);
    return WindowParts.ofMany(count, source.form().length(), source.rules(), id);
  }

  private static List<String> fields(DelimitedLine cutter, String line) {
    try {
      return cutter.fields(line);
    } catch (Refusal refusal) {
      return List.of();
    }
  }
}
