package org.anabranch.spark.job;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.anabranch.check.Certificate;
import org.anabranch.check.ModelCheck;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.nn.Initialiser;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Backends;
import org.anabranch.train.Block;
import org.anabranch.train.Pipeline;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The check of a configured model on the first samples of its training data, at its first
 * parameters or those of a run.
 *
 * @param samples at most a block of training has
 * @param configuration the run's where there is one
 * @param run whose parameters to look at; null for first ones
 * @param change to the model before it is checked
 */
record CheckJob(
    TrainingConfiguration configuration,
    int samples,
    @Nullable CheckedRun run,
    UnaryOperator<Pipeline> change) {
  CheckJob {
    if (configuration.model().type().isOfPaths()) {
      throw new Mistake(
          "command line: check certifies classifiers, and model.type is %s. Name another configuration."
              .formatted(Scalar.word(configuration.model().type())));
    }
    int block = configuration.train().blockSize();
    if (samples < 1 || samples > block) {
      throw new Mistake(
          "command line: --samples is %d; it must be from 1 to %d, the samples of a block. Write for example --samples 8."
              .formatted(samples, block));
    }
  }

  Certificate certificate() throws IOException {
    LibraryProbe.requireSpark();
    Configurator.setLevel("org.anabranch", Level.WARN);
    if (run == null) { // a run's stem lies in its folder, whatever became of the file
      Stem.requireLibraries(configuration);
    }
    int block = configuration.train().blockSize();
    try (JavaSparkContext spark = new JavaSparkContext(SparkSetup.conf(configuration));
        PackedData data =
            PackedData.pack(
                spark,
                DataSettings.source(configuration),
                block,
                Math.max(1, spark.defaultParallelism()))) {
      ConfiguredModel model =
          run == null
              ? ConfiguredModel.of(configuration, data, stem(spark), spark)
              : run.model(data, spark);
      Block first = DataProblem.surfacing(() -> data.train().first());
      String backend = ModelSettings.backend(configuration);
      ModelCheck check =
          new ModelCheck(
              change.apply(model.pipeline()),
              Backends.named(backend),
              backend.equals("simd"),
              block);
      return certified(check, front(first));
    }
  }

  private @Nullable Stem stem(JavaSparkContext spark) {
    if (configuration.model().stem().isEmpty()) {
      return null;
    }
    Stem stem = Stem.read(configuration, spark.hadoopConfiguration());
    stem.open();
    return stem;
  }

  private Certificate certified(ModelCheck check, Block block) throws IOException {
    ParameterLayout layout = check.pipeline().layout();
    double[] theta =
        run == null
            ? Initialiser.glorot(layout, configuration.seed())
            : run.run().parameters(layout);
    try {
      return check.at(theta, block);
    } catch (IllegalArgumentException e) {
      throw new Mistake(String.valueOf(e.getMessage()), e);
    }
  }

  /** A full block of the first rows. */
  private Block front(Block block) {
    int rows = Math.min(samples, block.rows());
    float[] features = new float[block.rows() * block.width()];
    block.copyFeatures(features);
    long[] ids = new long[rows];
    float[] labels = new float[rows];
    for (int row = 0; row < rows; row++) {
      ids[row] = block.id(row);
      labels[row] = block.label(row);
    }
    return Block.of(
        block.number(),
        rows,
        block.width(),
        ids,
        Arrays.copyOf(features, rows * block.width()),
        labels);
  }
}
