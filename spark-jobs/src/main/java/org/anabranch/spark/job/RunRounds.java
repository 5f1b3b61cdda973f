package org.anabranch.spark.job;

import org.anabranch.model.node.ClassifierWorkers;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.spark.averaging.SparkRounds;
import org.anabranch.spark.data.PackedData;
import org.anabranch.spark.report.RunWatch;
import org.anabranch.train.Pipeline;
import org.anabranch.train.Rounds;
import org.anabranch.train.StageSource;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** The rounds of a run, and those that it goes over to where its solver is unstable. */
final class RunRounds implements AutoCloseable {
  private final TrainingConfiguration configuration;
  private final JavaSparkContext spark;
  private final PackedData data;
  private final RunWatch watch;
  private final @Nullable StageSource source;
  private NeuralOdeClassifier model;
  private ClassifierWorkers workers;
  private Rounds rounds;

  RunRounds(
      TrainingConfiguration configuration,
      JavaSparkContext spark,
      PackedData data,
      RunWatch watch,
      @Nullable StageSource source,
      NeuralOdeClassifier model) {
    this.configuration = configuration;
    this.spark = spark;
    this.data = data;
    this.watch = watch;
    this.source = source;
    this.model = model;
    workers = workersOf(model);
    rounds = of(model);
  }

  private ClassifierWorkers workersOf(NeuralOdeClassifier solved) {
    return new ClassifierWorkers(
        solved.toJson(),
        ModelSettings.backend(configuration),
        configuration.train().blockSize(),
        configuration.train().classWeights().weights(data.trainSamplesOfClass()),
        source);
  }

  private Rounds of(NeuralOdeClassifier solved) {
    Pipeline pipeline = solved.pipeline(source == null ? null : source.stage());
    // Who chooses the number of tasks of a round gets tasks.
    Rounds unwatched =
        configuration.spark().partitions() == 0
            ? SparkRounds.best(spark, data, workers)
            : new SparkRounds(spark, data, workers);
    return watch.over(
        unwatched,
        spark,
        data,
        pipeline,
        ModelSettings.backend(configuration),
        configuration.train().blockSize());
  }

  Rounds rounds() {
    return rounds;
  }

  /** Closes the rounds so far. */
  Rounds stable() {
    rounds.close();
    model = model.stable();
    workers = workersOf(model);
    rounds = of(model);
    return rounds;
  }

  /** The model as it is solved now. */
  NeuralOdeClassifier model() {
    return model;
  }

  boolean singlePrecision() {
    return workers.singlePrecision();
  }

  @Override
  public void close() {
    rounds.close();
  }
}
