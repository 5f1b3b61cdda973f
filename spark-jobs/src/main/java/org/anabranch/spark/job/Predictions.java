package org.anabranch.spark.job;

import java.io.IOException;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.LocatedRecords;
import org.anabranch.spark.data.Source;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** What the model of a run makes of records, one by one in their order. */
final class Predictions {
  private Predictions() {}

  /**
   * The predictions for the data of a configuration.
   *
   * @param stem the model's; null if it has none
   * @param labelled whether the records have labels
   * @throws DataProblem if the records are not like those that the model was trained with
   */
  static JavaRDD<Prediction> of(
      JavaSparkContext spark,
      RunConfiguration run,
      NeuralOdeClassifier model,
      @Nullable Stem stem,
      TrainingConfiguration configuration,
      boolean labelled)
      throws IOException {
    Source source = DataSettings.toPredict(configuration, labelled);
    int width = LocatedRecords.width(spark, source);
    if (width != model.inputs()) {
      throw new DataProblem(
          "%s: records have %d features, but the model of %s was trained with %d. Give such records%s."
              .formatted(
                  source.path(),
                  width,
                  run.location(),
                  model.inputs(),
                  labelled ? ", or say --no-labels if they have no label" : ""));
    }
    PredictionTask task =
        new PredictionTask(
            model.toJson(),
            ModelSettings.backend(configuration),
            configuration.train().blockSize(),
            spark.broadcast(run.parameters(model.layout())),
            stem == null ? null : stem.shipped(spark, width));
    return LocatedRecords.of(spark, source).mapPartitions(task);
  }
}
