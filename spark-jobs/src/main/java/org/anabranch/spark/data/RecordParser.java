package org.anabranch.spark.data;

import java.util.List;

/** One line of text to a sample with a label, or to the reason why it is none. */
final class RecordParser implements LineParser {
  private static final long serialVersionUID = 1;

  private final DelimitedLine lines;
  private final int columns;
  private final int labelColumn;
  private final int classes;
  private final double scale;

  /** Expects {@code columns} columns, the label among them. */
  RecordParser(CsvSource source, int columns) {
    this.lines = new DelimitedLine(source.delimiter());
    this.columns = columns;
    this.labelColumn = source.labelColumn() == CsvSource.LAST ? columns - 1 : source.labelColumn();
    this.classes = source.rules().classes();
    this.scale = source.scale();
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public Parsed parse(String line, long id, String file, long number) {
    try {
      List<String> fields = lines.fields(line, columns);
      int label = labelColumn == CsvSource.NONE ? 0 : label(fields.get(labelColumn));
      return new Sample(id, label, features(fields)).at(file, number);
    } catch (Refusal refusal) {
      return refusal.at(file, number);
    }
  }

  private int label(String text) throws Refusal {
    double value = labelNumber(text);
    if (value != Math.rint(value)) {
      throw new Refusal(
          Fault.LABEL_NOT_WHOLE,
          "label %s, expected a whole number from 0 to %d"
              .formatted(Refusal.shown(text), classes - 1));
    }
    if (value < 0 || value >= classes) {
      throw new Refusal(
          Fault.LABEL_OUT_OF_RANGE,
          "label %s, expected 0 to %d".formatted(Refusal.shown(text), classes - 1));
    }
    return (int) value;
  }

  private double labelNumber(String text) throws Refusal {
    try {
      return DelimitedLine.number(text, labelColumn, DelimitedLine.BY_PLACE);
    } catch (Refusal refusal) {
      if (refusal.fault != Fault.NOT_A_NUMBER || text.isEmpty()) {
        throw refusal;
      }
      String reason =
          "%s is %s, expected the number of a class, 0 to %d"
              .formatted(
                  DelimitedLine.BY_PLACE.apply(labelColumn), Refusal.shown(text), classes - 1);
      throw new Refusal(Fault.NOT_A_NUMBER, reason);
    }
  }

  private float[] features(List<String> fields) throws Refusal {
    float[] features = new float[labelColumn == CsvSource.NONE ? columns : columns - 1];
    int filled = 0;
    for (int column = 0; column < columns; column++) {
      if (column != labelColumn) {
        features[filled++] =
            DelimitedLine.feature(fields.get(column), scale, column, DelimitedLine.BY_PLACE);
      }
    }
    return features;
  }
}
