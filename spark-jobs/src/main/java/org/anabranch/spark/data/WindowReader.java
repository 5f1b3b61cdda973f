package org.anabranch.spark.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the lines of one file, of which each is a time of a series, into windows: as many
 * neighbouring rows of one series as a sample has times, from its row 0, {@code stride}, 2 {@code
 * stride}, … on. Holds the rows of one window. A row that cannot be used is a bad record, and
 * windows that have it are left out; it moves no other.
 */
final class WindowReader implements RecordStream {
  private final Lines lines;
  private final String file;
  private final SampleIds ids;
  private final SeriesSource source;
  private final Function<String, @Nullable WindowParts> partsOf;
  private final DelimitedLine cutter;
  private final @Nullable SeriesRow[] rows;
  private final Set<String> ended = new HashSet<>();
  private @Nullable SeriesColumns columns;
  private @Nullable String series;
  private @Nullable WindowParts parts;
  private boolean scattered;
  private long line;
  private long rowOfSeries;
  private double lastTime;
  private SeriesTally tally = SeriesTally.none();

  /**
   * @param partsOf of a series; null where the split does not look at time
   */
  WindowReader(
      Lines lines,
      String file,
      SampleIds ids,
      SeriesSource source,
      Function<String, @Nullable WindowParts> partsOf) {
    this.lines = lines;
    this.file = file;
    this.ids = ids;
    this.source = source;
    this.partsOf = partsOf;
    this.cutter = new DelimitedLine(source.delimiter());
    this.rows = new SeriesRow[source.form().length()];
  }

  @Override
  public @Nullable Parsed next() {
    for (String text = nextLine(); text != null; text = nextLine()) {
      if (text.isBlank()) {
        continue;
      }
      if (columns == null) {
        columns = columns(text);
        continue;
      }
      Parsed parsed = row(text, columns);
      if (parsed != null) {
        return parsed;
      }
    }
    endSeries();
    return null;
  }

  @Override
  public SeriesTally tally() {
    return tally;
  }

  private @Nullable String nextLine() {
    try {
      String text = lines.next();
      line++;
      return text;
    } catch (Exception failure) {
      throw ParsedLines.readFailure(failure, file, line);
    }
  }

  private SeriesColumns columns(String text) {
    try {
      return SeriesColumns.of(source, cutter.fields(text), file);
    } catch (Refusal refusal) {
      throw new DataProblem(
          "%s. Mend the first line.".formatted(refusal.at(file, line).sentence()));
    }
  }

  /** What a row gives: what is wrong with it, the window that it ends, or nothing. */
  private @Nullable Parsed row(String text, SeriesColumns columns) {
    SeriesRow row = null;
    BadRecord bad = null;
    try {
      row = read(text, columns);
    } catch (Refusal refusal) {
      bad = refusal.at(file, line);
    }
    rows[(int) (rowOfSeries % rows.length)] = row;
    rowOfSeries++;
    long first = rowOfSeries - rows.length;
    Parsed window = first >= 0 && first % source.stride() == 0 ? window() : null;
    return bad != null ? bad : window;
  }

  private SeriesRow read(String text, SeriesColumns columns) throws Refusal {
    List<String> fields = cutter.fields(text, columns.names().size());
    String of = columns.series() == SeriesColumns.NONE ? "" : fields.get(columns.series());
    if (!of.equals(series)) {
      endSeries();
      series = of;
      parts = partsOf.apply(of);
      scattered = ended.contains(of);
    }
    if (scattered) {
      throw new Refusal(
          Fault.SCATTERED,
          "%s is %s, whose rows ended further up; expected all of them together"
              .formatted(columns.name(columns.series()), Refusal.shown(of)));
    }
    if (columns.time() != SeriesColumns.NONE) {
      requireAscent(fields.get(columns.time()), columns.name(columns.time()));
    }
    return SeriesRow.of(line, fields, columns);
  }

  private void requireAscent(String text, String column) throws Refusal {
    double time = SeriesTime.of(text, column);
    if (!(time > lastTime)) {
      throw new Refusal(
          Fault.TIME,
          "%s is %s, expected a later time than that of the row before"
              .formatted(column, Refusal.shown(text)));
    }
    lastTime = time;
  }

  private void endSeries() {
    if (series != null) {
      ended.add(series);
      if (rowOfSeries < rows.length && !scattered) {
        tally = tally.plus(new SeriesTally(0, 0, 0, 0, 1));
      }
    }
    series = null;
    rowOfSeries = 0;
    lastTime = Double.NEGATIVE_INFINITY;
  }

  /** The window that ends with the last row; null if it is left out. */
  private @Nullable Parsed window() {
    SeriesRow start = rows[(int) (rowOfSeries % rows.length)];
    float[] features = new float[source.form().features()];
    for (int time = 0; time < rows.length; time++) {
      SeriesRow row = rows[(int) ((rowOfSeries + time) % rows.length)];
      if (row == null || start == null) {
        tally = tally.plus(new SeriesTally(0, 0, 0, 1, 0));
        return null;
      }
      row.copyValues(features, time);
    }
    Part part = parts == null ? null : parts.part(rowOfSeries - 1);
    if (parts != null && parts.part(rowOfSeries - rows.length) != part) {
      tally = tally.plus(new SeriesTally(0, 0, 1, 0, 0));
      return null;
    }
    return start == null ? null : sample(start, features, part);
  }

  private Parsed sample(SeriesRow start, float[] features, @Nullable Part part) {
    SeriesForm form = source.form();
    try {
      start.copyCovariates(features, form.covariates());
      Sample sample = new Sample(ids.id(start.line), 0, features, part).at(file, start.line);
      form.requireEnough(sample);
      int missing = sample.missing(form.values());
      tally = tally.plus(new SeriesTally(form.values(), missing, 0, 0, 0));
      return sample;
    } catch (Refusal refusal) {
      return refusal.at(file, start.line);
    }
  }
}
