package org.anabranch.spark.job;

import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Pipeline;
import org.anabranch.train.StageSource;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The model of a configuration as the data make it, and where executors get its frozen stem.
 *
 * @param source null for a model without a frozen stem
 */
record ConfiguredModel(NeuralOdeClassifier model, @Nullable StageSource source) {
  /**
   * @param stem opened; null for none
   */
  static ConfiguredModel of(
      TrainingConfiguration configuration,
      PackedData data,
      @Nullable Stem stem,
      JavaSparkContext spark) {
    int width = data.width();
    NeuralOdeClassifier model =
        ModelSettings.classifier(
            configuration,
            width,
            data.standardisation(),
            stem == null ? null : stem.described(width));
    return new ConfiguredModel(model, stem == null ? null : stem.shipped(spark, width));
  }

  Pipeline pipeline() {
    return model.pipeline(source == null ? null : source.stage());
  }
}
