package org.anabranch.spark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.spark.data.LocatedRecord;
import org.apache.commons.csv.CSVFormat;

/**
 * What a model makes of one record.
 *
 * @param file where it stands, with its number there
 * @param label -1 if the record says none
 * @param found the class that the model takes it for; -1 without a prediction
 * @param probabilities of the classes; empty if there is no prediction
 * @param note why there is none, a sentence; empty else
 */
record Prediction(
    String file, long number, int label, int found, List<Double> probabilities, String note)
    implements Serializable {
  /** The columns, in every format. */
  static final String FILE = "file";

  static final String RECORD = "record";
  static final String LABEL = "label";
  static final String FOUND = "predicted";
  static final String NOTE = "note";

  static Prediction of(LocatedRecord record, int found, double[] probabilities) {
    List<Double> listed = Arrays.stream(probabilities).boxed().toList();
    return new Prediction(record.file(), record.number(), record.label(), found, listed, "");
  }

  static Prediction none(LocatedRecord record, String note) {
    return new Prediction(record.file(), record.number(), record.label(), -1, List.of(), note);
  }

  boolean isKnown() {
    return found >= 0;
  }

  /** The names of the columns of {@link #line}. */
  static String header(int classes) {
    List<String> names = new ArrayList<>(List.of(FILE, RECORD, LABEL, FOUND));
    IntStream.range(0, classes).forEach(k -> names.add(probability(k)));
    names.add(NOTE);
    return CSVFormat.DEFAULT.format(names.toArray());
  }

  /** The column of a class's probability. */
  static String probability(int k) {
    return "p" + k;
  }

  /** A line of CSV; cells that are not known are empty. Numbers are read back as they are. */
  String line(int classes) {
    List<Object> cells = new ArrayList<>(List.of(file, number, label < 0 ? "" : label));
    cells.add(isKnown() ? found : "");
    for (int k = 0; k < classes; k++) {
      cells.add(isKnown() ? probabilities.get(k) : "");
    }
    cells.add(note);
    return CSVFormat.DEFAULT.format(cells.toArray());
  }
}
