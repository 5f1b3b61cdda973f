package org.anabranch.spark.data;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** One line of text to a sample, or to the reason why it is none. */
final class RecordParser implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 40;

  private final CSVFormat format;
  private final int columns;
  private final int labelColumn;
  private final int classes;
  private final double scale;

  /** Expects {@code columns} columns, the label among them. */
  RecordParser(CsvSource source, int columns) {
    this.format = format(source.delimiter());
    this.columns = columns;
    this.labelColumn = source.labelColumn() == CsvSource.LAST ? columns - 1 : source.labelColumn();
    this.classes = source.rules().classes();
    this.scale = source.scale();
  }

  int classes() {
    return classes;
  }

  /** The number of columns of a line, whatever they hold. */
  static int columns(String line, char delimiter) throws IOException {
    return record(line, format(delimiter)).size();
  }

  Parsed parse(String line, long id, String file, long number) {
    try {
      CSVRecord record = record(line, format);
      if (record.size() != columns) {
        String reason = "%d columns, expected %d".formatted(record.size(), columns);
        return new BadRecord(file, number, Fault.COLUMNS, reason);
      }
      int label = labelColumn == CsvSource.NONE ? 0 : label(record.get(labelColumn));
      return new Sample(id, label, features(record)).at(file, number);
    } catch (IOException | UncheckedIOException e) {
      String reason = "%s, expected every quote to be closed".formatted(shown(line));
      return new BadRecord(file, number, Fault.QUOTES, reason);
    } catch (Refusal refusal) {
      return new BadRecord(file, number, refusal.fault, refusal.reason);
    }
  }

  private static CSVFormat format(char delimiter) {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(delimiter)
        .setIgnoreSurroundingSpaces(true)
        .setTrim(true)
        .get();
  }

  private static CSVRecord record(String line, CSVFormat format) throws IOException {
    try (CSVParser parser = CSVParser.parse(line, format)) {
      return parser.iterator().next();
    }
  }

  private int label(String text) throws Refusal {
    double value = labelNumber(text);
    if (value != Math.rint(value)) {
      throw new Refusal(
          Fault.LABEL_NOT_WHOLE,
          "label %s, expected a whole number from 0 to %d".formatted(shown(text), classes - 1));
    }
    if (value < 0 || value >= classes) {
      throw new Refusal(
          Fault.LABEL_OUT_OF_RANGE,
          "label %s, expected 0 to %d".formatted(shown(text), classes - 1));
    }
    return (int) value;
  }

  private double labelNumber(String text) throws Refusal {
    try {
      return number(text, labelColumn);
    } catch (Refusal refusal) {
      if (refusal.fault != Fault.NOT_A_NUMBER || text.isEmpty()) {
        throw refusal;
      }
      String reason =
          "column %d is %s, expected the number of a class, 0 to %d"
              .formatted(labelColumn + 1, shown(text), classes - 1);
      throw new Refusal(Fault.NOT_A_NUMBER, reason);
    }
  }

  private float[] features(CSVRecord record) throws Refusal {
    float[] features = new float[labelColumn == CsvSource.NONE ? columns : columns - 1];
    for (int column = 0; column < columns; column++) {
      if (column != labelColumn) {
        String text = record.get(column);
        float value = (float) (number(text, column) / scale);
        if (!Float.isFinite(value)) {
          throw notFinite(text, column);
        }
        features[labelColumn == CsvSource.NONE || column < labelColumn ? column : column - 1] =
            value;
      }
    }
    return features;
  }

  private static double number(String text, int column) throws Refusal {
    double value;
    try {
      // Java would read "1d" and "0x1p3" as well; in a table they are slips of the pen.
      int last = text.length() - 1;
      boolean javaOnly = last > 0 && "dDfFxXpP".indexOf(text.charAt(last)) >= 0;
      value = Double.parseDouble(javaOnly || text.indexOf('x') >= 0 ? "" : text);
    } catch (NumberFormatException e) {
      throw new Refusal(
          Fault.NOT_A_NUMBER,
          "column %d is %s, expected a number".formatted(column + 1, shown(text)));
    }
    if (!Double.isFinite(value)) {
      throw notFinite(text, column);
    }
    return value;
  }

  private static Refusal notFinite(String text, int column) {
    return new Refusal(
        Fault.NOT_FINITE,
        "column %d is %s, expected a finite 32-bit number".formatted(column + 1, shown(text)));
  }

  private static String shown(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
  }

  /** Leaves the nested loops above; never leaves this class. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    final Fault fault;
    final String reason;

    Refusal(Fault fault, String reason) {
      super(reason, null, false, false);
      this.fault = fault;
      this.reason = reason;
    }
  }
}
