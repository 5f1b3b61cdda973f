package org.anabranch.spark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.anabranch.spark.data.LocatedRecord;
import org.apache.commons.csv.CSVFormat;

/**
 * What a model makes of one record.
 *
 * @param file where it stands, with its number there
 * @param label -1 if the record says none
 * @param found the class of the largest probability, the first of equals; -1 without probabilities
 * @param probabilities of the classes; empty if there is no prediction
 * @param note why there is none, a sentence; empty else
 */
record Prediction(
    String file, long number, int label, int found, List<Double> probabilities, String note)
    implements Serializable {
  static Prediction of(LocatedRecord record, double[] probabilities) {
    int found = 0;
    for (int k = 1; k < probabilities.length; k++) {
      found = probabilities[k] > probabilities[found] ? k : found;
    }
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
    List<String> names = new ArrayList<>(List.of("file", "record", "label", "predicted"));
    IntStream.range(0, classes).forEach(k -> names.add("p" + k));
    names.add("note");
    return CSVFormat.DEFAULT.format(names.toArray());
  }

  /** A line of CSV; cells that are not known are empty. */
  String line(int classes) {
    List<Object> cells = new ArrayList<>(List.of(file, number, label < 0 ? "" : label));
    cells.add(isKnown() ? found : "");
    for (int k = 0; k < classes; k++) {
      cells.add(isKnown() ? String.format(Locale.ROOT, "%.6g", probabilities.get(k)) : "");
    }
    cells.add(note);
    return CSVFormat.DEFAULT.format(cells.toArray());
  }
}
