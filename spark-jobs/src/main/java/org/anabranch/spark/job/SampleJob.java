package org.anabranch.spark.job;

import java.io.IOException;
import org.anabranch.model.paths.PathModel;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Paths of a run's model, written to a folder that appears as a whole.
 *
 * @param covariates row by row; empty for a model without
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record SampleJob(
    RunConfiguration run,
    TrainingConfiguration configuration,
    PathModel model,
    long paths,
    long seed,
    float[] covariates,
    PredictionFormat format,
    PathLayout layout) {
  /** How many of the paths left the numbers; they are written as they are. */
  long run(String out) throws IOException {
    LibraryProbe.requireSpark();
    double[] parameters = run.parameters(model.layout());
    try (JavaSparkContext spark = new JavaSparkContext(SparkSetup.conf(configuration))) {
      NewFolder folder = new NewFolder(spark, out);
      LostPaths lost = new LostPaths(spark);
      JavaRDD<GeneratedPaths.Path> drawn =
          GeneratedPaths.draw(
              spark,
              model,
              parameters,
              ModelSettings.backend(configuration),
              seed,
              paths,
              covariates,
              lost);
      PathTable table = PathTable.of(model.shape(), layout);
      return folder.written(
          () -> {
            switch (format) {
              case CSV -> table.writeCsv(drawn, folder.temporary());
              case PARQUET -> table.writeParquet(spark, drawn, folder.temporary());
            }
          },
          written -> {
            if (format == PredictionFormat.CSV) {
              NewFolder.nameCsv(folder.files(), written);
            }
            return lost.total();
          });
    }
  }
}
