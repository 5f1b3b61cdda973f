package org.anabranch.spark.data;

import java.util.List;

/** What one time of a series holds. */
final class SeriesRow {
  final long line;
  private final float[] values;
  private final float[] covariates;

  private SeriesRow(long line, float[] values, float[] covariates) {
    this.line = line;
    this.values = values;
    this.covariates = covariates;
  }

  static SeriesRow of(long line, List<String> fields, SeriesColumns columns) throws Refusal {
    return new SeriesRow(
        line,
        numbers(fields, columns.channels(), columns),
        numbers(fields, columns.covariates(), columns));
  }

  private static float[] numbers(List<String> fields, List<Integer> places, SeriesColumns columns)
      throws Refusal {
    float[] numbers = new float[places.size()];
    for (int i = 0; i < numbers.length; i++) {
      int place = places.get(i);
      numbers[i] = DelimitedLine.value(fields.get(place), place, columns::name);
    }
    return numbers;
  }

  /** Writes the values to their places in the features of a sample. */
  void copyValues(float[] features, int time) {
    System.arraycopy(values, 0, features, time * values.length, values.length);
  }

  /**
   * Writes the covariates to the end of the features of a sample.
   *
   * @throws Refusal if one is missing
   */
  void copyCovariates(float[] features, List<String> names) throws Refusal {
    for (int i = 0; i < covariates.length; i++) {
      if (Float.isNaN(covariates[i])) {
        throw new Refusal(
            Fault.MISSING,
            "column %s is missing, which is a covariate of the window that begins here"
                .formatted(names.get(i)));
      }
    }
    int first = features.length - covariates.length;
    System.arraycopy(covariates, 0, features, first, covariates.length);
  }
}
