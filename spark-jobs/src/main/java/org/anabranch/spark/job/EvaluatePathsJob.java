package org.anabranch.spark.job;

import java.io.IOException;
import java.util.List;
import org.anabranch.model.paths.PathModel;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.anabranch.model.paths.evaluation.PathEvaluation;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.PackedData;
import org.anabranch.spark.data.Source;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of a run's model of paths: as many are drawn as there are real ones to compare
 * them with, which are those that the run kept for testing, or all of other data. Training paths,
 * which give scales and yardstick, are the run's in both cases. Without other data the scores are
 * those that the run itself records at its end.
 *
 * @param configuration of the run's own data
 * @param others where other data are; null for none
 */
record EvaluatePathsJob(
    RunConfiguration run,
    TrainingConfiguration configuration,
    @Nullable TrainingConfiguration others) {
  PathEvaluation evaluation() throws IOException {
    LibraryProbe.requireSpark();
    PathModel model = run.pathModel();
    double[] parameters = run.parameters(model.layout());
    try (JavaSparkContext spark = new JavaSparkContext(SparkSetup.conf(configuration))) {
      RealPaths real = real(spark, model.shape());
      PathJudge judge =
          PathJudge.of(
              model, ModelSettings.backend(configuration), real, configuration.seed(), List.of());
      if (judge == null) {
        throw new DataProblem(
            "%s: %d paths for training and %d for testing; the comparison takes at least two of each. Raise data.test-fraction, or give paths by --data."
                .formatted(configuration.data().path(), real.train().size(), real.test().size()));
      }
      return judge.evaluation(model.initial(configuration.seed()), parameters);
    }
  }

  private RealPaths real(JavaSparkContext spark, PathShape shape) {
    int block = configuration.train().blockSize();
    int most = configuration.paths().evaluated();
    try (PackedData own = packed(spark, shape, DataSettings.source(configuration))) {
      if (others == null) {
        return RealPaths.of(shape, own, block, most);
      }
      try (PackedData other = packed(spark, shape, DataSettings.undivided(others))) {
        PathSet test = RealPaths.ofTraining(shape, other, block, most);
        return new RealPaths(RealPaths.forYardstick(shape, own, block, most), test);
      }
    }
  }

  private PackedData packed(JavaSparkContext spark, PathShape shape, Source source) {
    int block = configuration.train().blockSize();
    int partitions = Math.max(1, spark.defaultParallelism());
    PackedData data = PackedData.pack(spark, source, block, partitions);
    if (data.width() != shape.features()) {
      throw new DataProblem(
          "%s: a path has %d numbers, but the model of %s was trained on %d times of %d channels and %d covariates, %d numbers. Check data.length, data.channels and data.covariates."
              .formatted(
                  source.path(),
                  data.width(),
                  run.location(),
                  shape.length(),
                  shape.width(),
                  shape.covariates().size(),
                  shape.features()));
    }
    return data;
  }
}
