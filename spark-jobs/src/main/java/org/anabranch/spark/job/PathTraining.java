package org.anabranch.spark.job;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.anabranch.model.paths.PathModel;
import org.anabranch.spark.averaging.SparkRounds;
import org.anabranch.spark.data.PackedData;
import org.anabranch.spark.report.RunWatch;
import org.anabranch.train.Backends;
import org.anabranch.train.BlockWorkerFactory;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.Rounds;
import org.anabranch.train.Trainer;
import org.anabranch.train.TrainingListener;
import org.anabranch.train.TrainingPlan;
import org.anabranch.train.TrainingResult;
import org.anabranch.train.Updates;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** The training of a model of paths, on data that are packed. */
final class PathTraining {
  private final TrainingConfiguration configuration;
  private final RunRecorder recorder;
  private final JavaSparkContext spark;
  private final PackedData data;
  private final RunWatch watch;
  private final ConfiguredPaths configured;

  PathTraining(
      TrainingConfiguration configuration,
      RunRecorder recorder,
      JavaSparkContext spark,
      PackedData data,
      RunWatch watch) {
    this.configuration = configuration;
    this.recorder = recorder;
    this.spark = spark;
    this.data = data;
    this.watch = watch;
    configured = PathData.of(configuration, data).configured(configuration);
  }

  FinalSummary run(int partitions, PrintStream out, Terminal terminal) throws IOException {
    PathModel model = configured.model();
    String backend = ModelSettings.backend(configuration);
    BlockWorkerFactory workers =
        model.workers(backend, configuration.train().blockSize(), configuration.seed());
    identify(backend, partitions);
    String fingerprint = configuration.fingerprint() + "/" + data.fingerprint();
    TrainingPlan plan =
        TrainingPlans.plan(configuration, data, fingerprint, configured.optimiser());
    Updates updates =
        new Updates(
            Backends.named("simd"), configured.optimiser(), model.initial(configuration.seed()));
    Optional<Checkpoint> from = recorder.checkpoint(fingerprint, out::println);
    from.ifPresent(checkpoint -> out.printf("Going on after round %d%n", checkpoint.round()));
    tell(out, plan);
    FirstRound first = FirstRound.ofThisMachine();
    PathJudge judge = watch.isOn() ? judge(backend) : null;
    try (Rounds rounds = rounds(workers, judge);
        Progress progress = Progress.on(terminal, out, configuration.name())) {
      TrainingListener listener = new Listeners(List.of(first, recorder, progress));
      Trainer trainer =
          new Trainer(
              updates,
              model.layout().size(),
              plan,
              rounds,
              listener,
              new Checkpoints(recorder.folder()));
      from.ifPresent(trainer::resume);
      TrainingResult result = trainer.run();
      recorder.figure("firstRoundSecondsAfterStart", first.seconds());
      recorder.model(
          model.toJson(),
          TrainedParameters.file(model.layout(), result.parameters(), workers.singlePrecision()));
      if (judge != null) {
        out.println("Judging what the model draws");
        judge(judge, result, out);
      }
      recorder.completed(result);
    }
    FinalSummary summary = recorder.finalSummary();
    out.print(summary.text());
    return summary;
  }

  private @Nullable PathJudge judge(String backend) throws IOException {
    RealPaths real =
        RealPaths.of(
            configured.model().shape(),
            data,
            configuration.train().blockSize(),
            configuration.paths().evaluated());
    return PathJudge.of(
        configured.model(),
        backend,
        real,
        configuration.seed(),
        EarlierScores.in(recorder.folder()));
  }

  /** Who chooses the number of tasks of a round gets tasks. */
  private Rounds rounds(BlockWorkerFactory workers, @Nullable PathJudge judge) {
    Rounds unwatched =
        configuration.spark().partitions() == 0
            ? SparkRounds.best(spark, data, workers)
            : new SparkRounds(spark, data, workers);
    return watch.over(unwatched, spark, judge);
  }

  /** What fails here has no part in the model, which is kept. */
  private void judge(PathJudge judge, TrainingResult result, PrintStream out) throws IOException {
    try {
      double[] before = configured.model().initial(configuration.seed());
      record(judge.judgement(before, result.parameters()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      out.printf("The report will lack the scores: %s%n", e.getMessage());
    }
  }

  private void record(PathJudge.Judgement judgement) throws IOException {
    recorder
        .folder()
        .write(RunFiles.PATHS, (judgement.file() + "\n").getBytes(StandardCharsets.UTF_8));
    PathScores.of(judgement.evaluation()).forEach(recorder::figure);
  }

  private void identify(String backend, int partitions) throws IOException {
    recorder.identify("dataFingerprint", data.fingerprint());
    recorder.identify("numericsId", Backends.named(backend).numericsId());
    DataNotes.record(recorder, data);
    recorder.note("master", spark.getConf().get("spark.master"));
    recorder.note("partitions", partitions);
  }

  private void tell(PrintStream out, TrainingPlan plan) {
    out.printf(
        "Training %s: %,d parameters, %,d paths of %d times of %d channels in %d blocks, %s%,d for"
            + " testing; %d rounds on %s%n",
        configuration.name(),
        configured.model().layout().size(),
        data.trainSamples(),
        configured.model().shape().length(),
        configured.model().shape().width(),
        data.trainBlocks(),
        data.validationBlocks() == 0
            ? ""
            : "%,d for validation, ".formatted(data.validationSamples()),
        data.testSamples(),
        plan.rounds(),
        spark.getConf().get("spark.master"));
  }
}
