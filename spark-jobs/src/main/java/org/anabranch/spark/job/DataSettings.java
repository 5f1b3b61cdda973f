package org.anabranch.spark.job;

import org.anabranch.spark.data.ColumnRoles;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.IdxSource;
import org.anabranch.spark.data.ImageSource;
import org.anabranch.spark.data.PackingRules;
import org.anabranch.spark.data.ParquetSource;
import org.anabranch.spark.data.Source;

/** The source of data that a configuration describes. */
final class DataSettings {
  private DataSettings() {}

  static Source source(TrainingConfiguration configuration) {
    TrainingConfiguration.Data data = configuration.data();
    PackingRules rules =
        new PackingRules(
            data.classes(),
            data.maxBadFraction(),
            data.standardise(),
            data.testFraction(),
            data.validationFraction(),
            data.splitSeed(),
            configuration.train().blockSize(),
            configuration.seed());
    return switch (data.format()) {
      case CSV ->
          new CsvSource(
              data.path(),
              data.header(),
              data.delimiter(),
              data.labelColumn(),
              data.features(),
              data.scale(),
              rules);
      case IDX ->
          new IdxSource(
              data.path(),
              data.labels(),
              data.testPath(),
              data.testLabels(),
              data.features(),
              data.scale(),
              rules);
      case IMAGES ->
          new ImageSource(data.path(), data.imageSize(), data.imageChannels(), data.scale(), rules);
      case PARQUET ->
          new ParquetSource(
              data.path(),
              new ColumnRoles(data.label(), data.featureColumns(), data.id()),
              data.scale(),
              rules);
    };
  }
}
