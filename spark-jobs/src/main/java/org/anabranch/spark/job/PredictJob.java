package org.anabranch.spark.job;

import java.io.IOException;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.spark.data.DataProblem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Predictions of a run's model for records: one row for each in the order of the input, but those
 * that cannot be read last of their part. The folder appears as a whole: it is written under
 * another name and moved when it is complete.
 *
 * @param labelled whether the records have labels
 */
record PredictJob(
    RunConfiguration run,
    TrainingConfiguration configuration,
    boolean labelled,
    PredictionFormat format) {
  PredictionCounts run(String out) throws IOException {
    LibraryProbe.requireSpark();
    NeuralOdeClassifier model = run.model();
    Stem stem = run.stem(model);
    try (JavaSparkContext spark = new JavaSparkContext(SparkSetup.conf(configuration))) {
      Path target = new Path(out);
      FileSystem files = target.getFileSystem(spark.hadoopConfiguration());
      if (files.exists(target)) {
        throw new Mistake(
            "%s: it exists already. Give --out a folder that does not, or delete it."
                .formatted(out));
      }
      JavaRDD<Prediction> predictions =
          Predictions.of(spark, run, model, stem, configuration, labelled);
      return written(spark, predictions, format.writer(model.classes()), files, target);
    }
  }

  private static PredictionCounts written(
      JavaSparkContext spark,
      JavaRDD<Prediction> predictions,
      PredictionWriter writer,
      FileSystem files,
      Path target)
      throws IOException {
    Path temporary = target.suffix(".incomplete");
    files.delete(temporary, true);
    try {
      DataProblem.surfacing(
          () -> {
            writer.write(spark, predictions, temporary);
            return temporary;
          });
      PredictionCounts counts = writer.counts(spark, temporary);
      writer.name(files, temporary);
      if (!files.rename(temporary, target)) {
        throw new IOException(target + " could not be made from " + temporary);
      }
      return counts;
    } finally {
      files.delete(temporary, true);
    }
  }
}
