package org.anabranch.spark.job;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How predictions are written. */
enum PredictionFormat {
  CSV {
    @Override
    PredictionWriter writer(int classes) {
      return new CsvPredictions(classes);
    }
  },
  PARQUET {
    @Override
    PredictionWriter writer(int classes) {
      return new ParquetPredictions(classes);
    }
  };

  /** What a folder is called that holds tables of the kind. */
  private static final String PARQUET_ENDING = ".parquet";

  /**
   * The one that was chosen, or else the one that the folder's name asks for.
   *
   * @param out the folder, as the user wrote it
   */
  static PredictionFormat of(@Nullable PredictionFormat chosen, String out) {
    if (chosen != null) {
      return chosen;
    }
    String name = out.replaceFirst("/+$", "").toLowerCase(Locale.ROOT);
    return name.endsWith(PARQUET_ENDING) ? PARQUET : CSV;
  }

  abstract PredictionWriter writer(int classes);
}
