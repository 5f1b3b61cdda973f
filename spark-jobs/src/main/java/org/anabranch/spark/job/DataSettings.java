package org.anabranch.spark.job;

import java.util.Locale;
import java.util.Objects;
import org.anabranch.spark.data.ColumnRoles;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.IdxSource;
import org.anabranch.spark.data.ImageSource;
import org.anabranch.spark.data.PackingRules;
import org.anabranch.spark.data.ParquetSource;
import org.anabranch.spark.data.SeriesSource;
import org.anabranch.spark.data.Source;
import org.anabranch.spark.job.TrainingConfiguration.Format;

/** The source of data that a configuration describes. */
final class DataSettings {
  private DataSettings() {}

  /**
   * The records to predict for: none is kept apart, features are standardised by the model, and bad
   * ones are told of one by one.
   *
   * @param labelled whether they have labels
   */
  static Source toPredict(TrainingConfiguration configuration, boolean labelled) {
    TrainingConfiguration.Data data = configuration.data();
    PackingRules rules =
        new PackingRules(
            classes(data),
            1,
            false,
            0,
            0,
            data.splitSeed(),
            configuration.train().blockSize(),
            configuration.seed());
    if (!labelled && (data.format() == Format.IMAGES || data.format() == Format.PARQUET)) {
      throw new Mistake(
          "command line: --no-labels is for CSV and IDX, and data.format is %s. Give the labels, of any class, or write the records as CSV."
              .formatted(data.format().name().toLowerCase(Locale.ROOT)));
    }
    int labelColumn = labelled ? data.labelColumn() : CsvSource.NONE;
    String labels = labelled ? data.labels() : IdxSource.NONE;
    return source(data, labelColumn, labels, IdxSource.NONE, IdxSource.NONE, rules);
  }

  static Source source(TrainingConfiguration configuration) {
    TrainingConfiguration.Data data = configuration.data();
    PackingRules rules =
        new PackingRules(
            classes(data),
            data.maxBadFraction(),
            data.standardise(),
            data.testFraction(),
            data.validationFraction(),
            data.splitSeed(),
            configuration.train().blockSize(),
            configuration.seed());
    return source(
        data, data.labelColumn(), data.labels(), data.testPath(), data.testLabels(), rules);
  }

  /** The series that others are compared with: none is kept apart, all are in the first part. */
  static Source undivided(TrainingConfiguration configuration) {
    TrainingConfiguration.Data data = configuration.data();
    PackingRules rules =
        new PackingRules(
            classes(data),
            data.maxBadFraction(),
            false,
            0,
            0,
            data.splitSeed(),
            configuration.train().blockSize(),
            configuration.seed());
    return series(data, rules);
  }

  private static Source source(
      TrainingConfiguration.Data data,
      int labelColumn,
      String labels,
      String testPath,
      String testLabels,
      PackingRules rules) {
    return switch (data.format()) {
      case CSV ->
          new CsvSource(
              data.path(),
              data.header(),
              data.delimiter(),
              labelColumn,
              data.features(),
              data.scale(),
              rules);
      case IDX ->
          new IdxSource(
              data.path(), labels, testPath, testLabels, data.features(), data.scale(), rules);
      case IMAGES ->
          new ImageSource(data.path(), data.imageSize(), data.imageChannels(), data.scale(), rules);
      case PARQUET ->
          new ParquetSource(
              data.path(),
              new ColumnRoles(data.label(), data.featureColumns(), data.id()),
              data.scale(),
              rules);
      case SERIES -> series(data, rules);
    };
  }

  private static SeriesSource series(TrainingConfiguration.Data data, PackingRules rules) {
    TrainingConfiguration.Series series = Objects.requireNonNull(data.series());
    return new SeriesSource(
        data.path(),
        series.layout(),
        data.header(),
        data.delimiter(),
        series.column(),
        series.time(),
        series.stride(),
        series.form(),
        rules);
  }

  /** Series have no labels: all are of one class. */
  private static int classes(TrainingConfiguration.Data data) {
    return data.format() == Format.SERIES ? 1 : data.classes();
  }
}
