package org.anabranch.spark.job;

import java.io.IOException;
import org.anabranch.model.node.NeuralOdeClassifier;
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
      NewFolder folder = new NewFolder(spark, out);
      JavaRDD<Prediction> predictions =
          Predictions.of(spark, run, model, stem, configuration, labelled);
      PredictionWriter writer = format.writer(model.classes());
      return folder.written(
          () -> writer.write(spark, predictions, folder.temporary()),
          written -> {
            PredictionCounts counts = writer.counts(spark, written);
            writer.name(folder.files(), written);
            return counts;
          });
    }
  }
}
