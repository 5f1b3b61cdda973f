package org.anabranch.spark.job;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.nn.Initialiser;
import org.anabranch.spark.data.BadRecord;
import org.anabranch.spark.data.BadRecords;
import org.anabranch.spark.data.PackedData;
import org.anabranch.spark.data.Source;
import org.anabranch.spark.job.RunOptions.Talk;
import org.anabranch.spark.report.LiveReport;
import org.anabranch.spark.report.RunWatch;
import org.anabranch.train.Backends;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.Pipeline;
import org.anabranch.train.Trainer;
import org.anabranch.train.TrainingListener;
import org.anabranch.train.TrainingPlan;
import org.anabranch.train.TrainingResult;
import org.anabranch.train.Updates;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** {@code anabranch train}: data, model, rounds over executors, and the files that a run leaves. */
final class TrainJob implements TrainingRun {
  private final PrintStream out;
  private final Terminal terminal;

  TrainJob(PrintStream out, Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public int run(TrainingConfiguration configuration, RunOptions options) throws Exception {
    PrintStream shown =
        switch (options.talk()) {
          case ALL -> out;
          case NONE, JSON -> new PrintStream(OutputStream.nullOutputStream());
        };
    if (options.talk() != Talk.ALL) {
      Configurator.setLevel("org.anabranch", Level.WARN);
    }
    FinalSummary summary = new TrainJob(shown, terminal).trained(configuration, options);
    if (options.talk() == Talk.JSON) {
      out.println(Json.line(summary.content()));
    }
    return ExitCode.OK;
  }

  private FinalSummary trained(TrainingConfiguration configuration, RunOptions options)
      throws IOException {
    LibraryProbe.requireSpark();
    Stem.requireLibraries(configuration);
    AtomicReference<FinalSummary> summary = new AtomicReference<>();
    RunRecorder.recording(
        configuration,
        options,
        () -> SparkSetup.hadoop(configuration),
        recorder -> {
          Stem stem = RunStem.of(configuration, recorder, SparkSetup.hadoop(configuration));
          try (LiveReport live = live(recorder, options);
              RunWatch watch = new RunWatch(recorder.folder(), options.report());
              JavaSparkContext spark = new JavaSparkContext(SparkSetup.conf(configuration))) {
            live.address().ifPresent(address -> out.println("Live report: " + address));
            watch.listen(spark);
            recorder.diagnosing(watch::diagnosis);
            int partitions = partitions(configuration, spark);
            try (PackedData data = pack(configuration, spark, partitions)) {
              report(data, recorder);
              summary.set(
                  configuration.model().type().isOfPaths()
                      ? new PathTraining(configuration, recorder, spark, data, watch)
                          .run(partitions, out, terminal)
                      : train(configuration, recorder, spark, data, partitions, watch, stem));
            }
          }
        });
    return Objects.requireNonNull(summary.get());
  }

  private static LiveReport live(RunRecorder recorder, RunOptions options) throws IOException {
    try {
      return LiveReport.of(recorder.folder(), options.ui());
    } catch (BindException e) {
      throw new Mistake(
          "command line: --ui-port %d cannot be had (%s). Give another, or leave it out for any."
              .formatted(options.ui().orElse(0), e.getMessage()),
          e);
    }
  }

  private static int partitions(TrainingConfiguration configuration, JavaSparkContext spark) {
    int written = configuration.spark().partitions();
    return written == 0 ? Math.max(1, spark.defaultParallelism()) : written;
  }

  private static PackedData pack(
      TrainingConfiguration configuration, JavaSparkContext spark, int partitions) {
    Source source = DataSettings.source(configuration);
    return PackedData.pack(spark, source, configuration.train().dealtSize(), partitions);
  }

  private void report(PackedData data, RunRecorder recorder) throws IOException {
    new ClassesWithoutSamples(data.trainSamplesOfClass()).sentence().ifPresent(out::println);
    if (!data.series().sentence().isEmpty()) {
      out.println(data.series().sentence());
    }
    BadRecords bad = data.bad();
    if (bad.total() > 0) {
      out.println(bad.summary());
      for (BadRecord record : bad.first()) {
        recorder.badRecord(
            Map.of("file", record.file(), "line", record.line(), "reason", record.sentence()));
      }
    }
  }

  private FinalSummary train(
      TrainingConfiguration configuration,
      RunRecorder recorder,
      JavaSparkContext spark,
      PackedData data,
      int partitions,
      RunWatch watch,
      @Nullable Stem stem)
      throws IOException {
    ConfiguredModel configured = ConfiguredModel.of(configuration, data, stem, spark);
    NeuralOdeClassifier model = configured.model();
    ParameterLayout layout = model.layout();
    String master = spark.getConf().get("spark.master");
    identify(configuration, recorder, data, configured.pipeline());
    recorder.note("master", master);
    recorder.note("partitions", partitions);
    String fingerprint =
        configuration.fingerprint()
            + "/"
            + data.fingerprint()
            + (stem == null ? "" : "/" + stem.sha256());
    TrainingPlan plan =
        TrainingPlans.plan(
            configuration,
            data,
            fingerprint,
            RuleSettings.optimiser(configuration.train().rule(), layout));
    Updates updates =
        new Updates(
            Backends.named("simd"),
            RuleSettings.optimiser(configuration.train().rule(), layout),
            Initialiser.glorot(layout, configuration.seed()));
    Optional<Checkpoint> from = from(recorder, fingerprint);
    out.printf(
        "Training %s: %,d parameters, %,d samples in %d blocks, %s%,d for testing; %d rounds on"
            + " %s%n",
        configuration.name(),
        layout.size(),
        data.trainSamples(),
        data.trainBlocks(),
        data.validationBlocks() == 0
            ? ""
            : "%,d for validation, ".formatted(data.validationSamples()),
        data.testSamples(),
        plan.rounds(),
        master);
    FirstRound first = FirstRound.ofThisMachine();
    try (RunRounds rounds =
            new RunRounds(configuration, spark, data, watch, configured.source(), model);
        Progress progress = Progress.on(terminal, out, configuration.name())) {
      TrainingListener listener = new Listeners(List.of(first, recorder, progress));
      Checkpoints checkpoints = new Checkpoints(recorder.folder());
      Trainer trainer =
          new Trainer(updates, layout.size(), plan, rounds.rounds(), listener, checkpoints);
      trainer.switchTo(rounds::stable);
      from.ifPresent(trainer::resume);
      TrainingResult result = trainer.run();
      recorder.figure("firstRoundSecondsAfterStart", first.seconds());
      recorder.model(
          rounds.model().toJson(),
          TrainedParameters.file(layout, result.parameters(), rounds.singlePrecision()));
      recorder.completed(result);
    }
    FinalSummary summary = recorder.finalSummary();
    out.print(summary.text());
    return summary;
  }

  private static void identify(
      TrainingConfiguration configuration, RunRecorder recorder, PackedData data, Pipeline pipeline)
      throws IOException {
    recorder.identify("dataFingerprint", data.fingerprint());
    String backend = ModelSettings.backend(configuration);
    recorder.identify("numericsId", pipeline.numericsId(Backends.named(backend)));
    recorder.note("samplesOfClass", List.copyOf(data.samplesOfClass()));
    DataNotes.record(recorder, data);
  }

  private Optional<Checkpoint> from(RunRecorder recorder, String fingerprint) throws IOException {
    Optional<Checkpoint> from = recorder.checkpoint(fingerprint, out::println);
    from.ifPresent(checkpoint -> out.printf("Going on after round %d%n", checkpoint.round()));
    return from;
  }
}
