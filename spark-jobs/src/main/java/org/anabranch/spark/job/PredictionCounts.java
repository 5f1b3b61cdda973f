package org.anabranch.spark.job;

import java.io.Serializable;
import java.util.Locale;

/** How many records there were; those with a label that was found, of those with a label. */
record PredictionCounts(long records, long withoutPrediction, long labelled, long right)
    implements Serializable {
  static PredictionCounts none() {
    return new PredictionCounts(0, 0, 0, 0);
  }

  /**
   * One record.
   *
   * @param label below 0 if it says none
   * @param found below 0 if there is no prediction
   */
  static PredictionCounts of(int label, int found) {
    boolean both = label >= 0 && found >= 0;
    return new PredictionCounts(1, found < 0 ? 1 : 0, both ? 1 : 0, both && label == found ? 1 : 0);
  }

  PredictionCounts plus(PredictionCounts other) {
    return new PredictionCounts(
        records + other.records,
        withoutPrediction + other.withoutPrediction,
        labelled + other.labelled,
        right + other.right);
  }

  /** For people. */
  String text(String out) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%,d records", records));
    if (labelled > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              ", %.2f %% of %,d with a label as it says",
              100.0 * right / labelled,
              labelled));
    }
    if (withoutPrediction > 0) {
      text.append(
          String.format(
              Locale.ROOT, ", %,d without a prediction (column note)", withoutPrediction));
    }
    return text.append(System.lineSeparator())
        .append("predictions in ")
        .append(out)
        .append(System.lineSeparator())
        .toString();
  }
}
