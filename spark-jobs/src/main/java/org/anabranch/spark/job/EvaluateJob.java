package org.anabranch.spark.job;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.anabranch.model.node.ClassifierWorkers;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.spark.averaging.SparkRounds;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.BlockResult;
import org.anabranch.train.Evaluation;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of a run's model: on the samples that the run kept for testing, as the run itself
 * makes it, or on all records of other data.
 *
 * @param others whether the data are not the run's
 */
record EvaluateJob(RunConfiguration run, TrainingConfiguration configuration, boolean others) {
  Evaluation evaluation() throws IOException {
    LibraryProbe.requireSpark();
    NeuralOdeClassifier model = run.model();
    Stem stem = run.stem(model);
    try (JavaSparkContext spark = new JavaSparkContext(SparkSetup.conf(configuration))) {
      Evaluation evaluation =
          others ? ofOthers(spark, model, stem) : ofTestSamples(spark, model, stem);
      if (evaluation.weight() == 0) {
        throw new DataProblem(
            "%s: there is no sample to evaluate. %s"
                .formatted(
                    configuration.data().path(),
                    others
                        ? "Check data.delimiter, data.header and the labels."
                        : "The run kept none for testing (data.test-fraction): give some by --data."));
      }
      return evaluation;
    }
  }

  private Evaluation ofTestSamples(
      JavaSparkContext spark, NeuralOdeClassifier model, @Nullable Stem stem) throws IOException {
    int block = configuration.train().blockSize();
    int partitions = Math.max(1, spark.defaultParallelism());
    ClassifierWorkers workers =
        new ClassifierWorkers(
            model.toJson(),
            ModelSettings.backend(configuration),
            block,
            List.of(),
            stem == null ? null : stem.shipped(spark, model.inputs()));
    try (PackedData data =
            PackedData.pack(spark, DataSettings.source(configuration), block, partitions);
        SparkRounds rounds = new SparkRounds(spark, data, workers)) {
      return rounds.evaluate(run.parameters(model.layout()));
    }
  }

  private Evaluation ofOthers(
      JavaSparkContext spark, NeuralOdeClassifier model, @Nullable Stem stem) throws IOException {
    int classes = model.classes();
    var predictions = Predictions.of(spark, run, model, stem, configuration, true);
    List<Evaluation> parts =
        DataProblem.surfacing(
            () -> predictions.mapPartitions(part -> tally(part, classes)).collect());
    return parts.stream().reduce(Evaluation.none(classes), Evaluation::merge);
  }

  private static Iterator<Evaluation> tally(Iterator<Prediction> part, int classes) {
    long[][] confusion = new long[classes][classes];
    double loss = 0;
    long samples = 0;
    long right = 0;
    while (part.hasNext()) {
      Prediction one = part.next();
      if (one.isKnown() && one.label() >= 0) {
        loss -= Math.log(one.probabilities().get(one.label()));
        samples++;
        right += one.label() == one.found() ? 1 : 0;
        confusion[one.label()][one.found()]++;
      }
    }
    BlockResult sums = new BlockResult(0, new double[0], loss, samples, right, List.of(), 0);
    return List.of(Evaluation.of(sums, confusion)).iterator();
  }
}
