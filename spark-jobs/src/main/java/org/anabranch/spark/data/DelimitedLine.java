package org.anabranch.spark.data;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Cuts a line of delimited text into its fields, and reads numbers. */
final class DelimitedLine implements Serializable {
  private static final long serialVersionUID = 1;

  /** What to call a column that has no name. */
  static final IntFunction<String> BY_PLACE = column -> "column " + (column + 1);

  private static final String MISSING = "NA";

  private final CSVFormat format;

  DelimitedLine(char delimiter) {
    format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreSurroundingSpaces(true)
            .setTrim(true)
            .get();
  }

  /** The fields of a line that is not blank. */
  List<String> fields(String line) throws Refusal {
    try (CSVParser parser = CSVParser.parse(line, format)) {
      return parser.iterator().next().toList();
    } catch (IOException | UncheckedIOException e) {
      String reason = "%s, expected every quote to be closed".formatted(Refusal.shown(line));
      throw new Refusal(Fault.QUOTES, reason);
    }
  }

  /** The fields of a line, of which there must be so many. */
  List<String> fields(String line, int columns) throws Refusal {
    List<String> fields = fields(line);
    if (fields.size() != columns) {
      String reason = "%d columns, expected %d".formatted(fields.size(), columns);
      throw new Refusal(Fault.COLUMNS, reason);
    }
    return fields;
  }

  /**
   * A finite number.
   *
   * @param column from 0
   * @param names what to call columns
   */
  static double number(String text, int column, IntFunction<String> names) throws Refusal {
    double value;
    try {
      // Java would read "1d" and "0x1p3" as well; in a table they are slips of the pen.
      int last = text.length() - 1;
      boolean javaOnly = last > 0 && "dDfFxXpP".indexOf(text.charAt(last)) >= 0;
      value = Double.parseDouble(javaOnly || text.indexOf('x') >= 0 ? "" : text);
    } catch (NumberFormatException e) {
      throw new Refusal(
          Fault.NOT_A_NUMBER,
          "%s is %s, expected a number".formatted(names.apply(column), Refusal.shown(text)));
    }
    if (!Double.isFinite(value)) {
      throw notFinite(text, names.apply(column));
    }
    return value;
  }

  /** A number in float32, finite there, too. */
  static float feature(String text, double scale, int column, IntFunction<String> names)
      throws Refusal {
    float value = (float) (number(text, column, names) / scale);
    if (!Float.isFinite(value)) {
      throw notFinite(text, names.apply(column));
    }
    return value;
  }

  /** A number in float32, or NaN for one that is missing: an empty field, or {@code NA}. */
  static float value(String text, int column, IntFunction<String> names) throws Refusal {
    return text.isEmpty() || text.equals(MISSING) ? Float.NaN : feature(text, 1, column, names);
  }

  private static Refusal notFinite(String text, String column) {
    return new Refusal(
        Fault.NOT_FINITE,
        "%s is %s, expected a finite 32-bit number".formatted(column, Refusal.shown(text)));
  }
}
