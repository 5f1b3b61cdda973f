package org.anabranch.spark.job;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.node.ClassifierWorkers;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.nn.Initialiser;
import org.anabranch.spark.averaging.SparkRounds;
import org.anabranch.spark.data.BadRecord;
import org.anabranch.spark.data.BadRecords;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Backends;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.Diverged;
import org.anabranch.train.Evaluation;
import org.anabranch.train.Safetensors;
import org.anabranch.train.Tensor;
import org.anabranch.train.Trainer;
import org.anabranch.train.TrainingPlan;
import org.anabranch.train.TrainingResult;
import org.anabranch.train.Updates;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code anabranch train}: data, model, rounds over executors, and the files that a run leaves. */
final class TrainJob implements TrainingRun {
  private final PrintStream out;
  private final boolean terminal;

  TrainJob(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public int run(TrainingConfiguration configuration, RunOptions options) throws Exception {
    long started = System.nanoTime();
    RunFiles files = RunFiles.open(configuration.out(), options.reuse(), new Configuration());
    SparkConf conf = SparkSettings.of(configuration);
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      int partitions = partitions(configuration, spark);
      try (PackedData data = pack(configuration, spark, partitions)) {
        report(data, files);
        return train(configuration, options, files, spark, data, partitions, started);
      }
    }
  }

  private static int partitions(TrainingConfiguration configuration, JavaSparkContext spark) {
    int written = configuration.spark().partitions();
    return written == 0 ? Math.max(1, spark.defaultParallelism()) : written;
  }

  private static PackedData pack(
      TrainingConfiguration configuration, JavaSparkContext spark, int partitions) {
    TrainingConfiguration.Data data = configuration.data();
    CsvSource source =
        CsvSource.at(data.path())
            .header(data.header())
            .delimiter(data.delimiter())
            .labelColumn(data.labelColumn())
            .features(data.features())
            .classes(data.classes())
            .scale(data.scale())
            .maxBadFraction(data.maxBadFraction())
            .test(data.testFraction(), data.splitSeed())
            .blocks(configuration.train().blockSize(), configuration.seed())
            .build();
    try {
      return PackedData.pack(spark, source, configuration.train().batchSize(), partitions);
    } catch (DataProblem problem) {
      throw new Mistake(String.valueOf(problem.getMessage()), problem);
    }
  }

  private void report(PackedData data, RunFiles files) throws IOException {
    BadRecords bad = data.bad();
    if (bad.total() > 0) {
      out.println(bad.summary());
      for (BadRecord record : bad.first()) {
        files.badRecord(
            Map.of("file", record.file(), "line", record.line(), "reason", record.sentence()));
      }
    }
  }

  private int train(
      TrainingConfiguration configuration,
      RunOptions options,
      RunFiles files,
      JavaSparkContext spark,
      PackedData data,
      int partitions,
      long started)
      throws IOException {
    NeuralOdeClassifier model = ModelSettings.classifier(configuration, data.width());
    ParameterLayout layout = model.layout();
    String backend = Provenance.backendName(configuration);
    String fingerprint = configuration.fingerprint() + "/" + data.fingerprint();
    TrainingPlan plan = plan(configuration, data, fingerprint);
    Updates updates =
        new Updates(
            Backends.named("simd"),
            ModelSettings.optimiser(configuration.train()),
            Initialiser.glorot(layout, configuration.seed()));
    Checkpoints checkpoints = new Checkpoints(files.folder());
    Optional<Checkpoint> from = resumed(options, checkpoints, fingerprint, configuration.out());
    files.dropMetricsAfter(from.map(Checkpoint::round).orElse(0L));
    files.text(
        RunFiles.CONFIGURATION,
        String.join("\n", configuration.settings().stream().map(Setting::line).toList()) + "\n");
    String master = spark.getConf().get("spark.master");
    files.json(
        RunFiles.PROVENANCE,
        Provenance.of(configuration, options, data, partitions, master, fingerprint));
    files.json(RunFiles.SUMMARY, Map.of("status", "running"));
    files.text(RunFiles.MODEL, model.toJson());
    ClassifierWorkers workers =
        new ClassifierWorkers(model.toJson(), backend, configuration.train().blockSize());
    long first = from.map(Checkpoint::round).orElse(0L);
    out.printf(
        "Training %s: %,d parameters, %,d samples in %d blocks, %,d for testing; %d rounds on %s%n",
        configuration.name(),
        layout.size(),
        data.trainSamples(),
        data.trainBlocks(),
        data.testSamples(),
        plan.rounds(),
        master);
    double setup = secondsSinceProcessStart();
    try (SparkRounds rounds = new SparkRounds(spark, data, workers);
        RunListener listener = new RunListener(files, out, terminal, first, plan.rounds())) {
      Trainer trainer = new Trainer(updates, layout.size(), plan, rounds, listener, checkpoints);
      from.ifPresent(trainer::resume);
      TrainingResult result = trainer.run();
      listener.finish();
      double seconds = (System.nanoTime() - started) * 1e-9;
      files.folder().write(RunFiles.PARAMETERS, parameters(layout, result.parameters()));
      Map<String, Object> summary = summary(result, "completed", seconds);
      summary.put("firstRoundSecondsAfterStart", setup + listener.firstRoundSeconds());
      files.json(RunFiles.SUMMARY, summary);
      sayEnd(result, seconds, configuration.out());
      return ExitCode.OK;
    } catch (Diverged diverged) {
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("status", "failed");
      summary.put("seconds", (System.nanoTime() - started) * 1e-9);
      summary.put("rounds", diverged.round());
      summary.put("reason", diverged.getMessage());
      files.json(RunFiles.SUMMARY, summary);
      throw diverged;
    }
  }

  private static double secondsSinceProcessStart() {
    return ManagementFactory.getRuntimeMXBean().getUptime() * 1e-3;
  }

  private static TrainingPlan plan(
      TrainingConfiguration configuration, PackedData data, String fingerprint) {
    TrainingConfiguration.Train train = configuration.train();
    int blocksPerBatch = Math.min(train.blocksPerBatch(), data.trainBlocks());
    return new TrainingPlan(
        new BatchPlan(data.trainBlocks(), blocksPerBatch, configuration.seed()),
        train.epochs(),
        train.evaluateEvery(),
        train.checkpointEvery(),
        train.maxFailedFraction(),
        fingerprint);
  }

  private Optional<Checkpoint> resumed(
      RunOptions options, Checkpoints checkpoints, String fingerprint, String folder)
      throws IOException {
    if (options.reuse() != RunOptions.Reuse.RESUME) {
      return Optional.empty();
    }
    try {
      Optional<Checkpoint> from = checkpoints.latest(fingerprint, out::println);
      out.println(
          from.map(c -> "Going on after round %d of %s.".formatted(c.round(), folder))
              .orElse("No checkpoint in %s: starting at round 0.".formatted(folder)));
      return from;
    } catch (IllegalArgumentException foreign) {
      throw new Mistake(String.valueOf(foreign.getMessage()), foreign);
    }
  }

  private static byte[] parameters(ParameterLayout layout, double[] values) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (ParameterLayout.View view : layout.views()) {
      float[] numbers = new float[view.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) values[view.offset() + i];
      }
      tensors.put(view.name(), Tensor.ofFloats(List.copyOf(view.shape().extents()), numbers));
    }
    return new Safetensors(tensors, Map.of("format", "anabranch-parameters")).toBytes();
  }

  private static Map<String, Object> summary(TrainingResult result, String status, double seconds) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("train.loss", result.loss());
    metrics.put("train.accuracy", result.accuracy());
    Evaluation evaluation = result.evaluation();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("status", status);
    summary.put("seconds", seconds);
    summary.put("rounds", result.rounds());
    summary.put("samples", result.samples());
    if (evaluation != null && evaluation.weight() > 0) {
      metrics.put("test.loss", evaluation.meanLoss());
      metrics.put("test.accuracy", evaluation.accuracy());
      summary.put("confusion", evaluation.confusion());
    }
    summary.put("metrics", metrics);
    summary.put("failures", result.failures());
    summary.put("repeatedRounds", result.repeated());
    summary.put("worstDefect", result.worstDefect());
    summary.put("parametersSha256", result.parametersSha256());
    return summary;
  }

  private void sayEnd(TrainingResult result, double seconds, String folder) {
    Evaluation evaluation = result.evaluation();
    if (evaluation != null && evaluation.weight() > 0) {
      out.printf(
          Locale.ROOT,
          "Test accuracy %.2f %% (%d of %d), loss %.4f%n",
          100 * evaluation.accuracy(),
          evaluation.correct(),
          evaluation.weight(),
          evaluation.meanLoss());
    }
    out.printf(
        Locale.ROOT,
        "Done: %d rounds in %s. Results in %s%n",
        result.rounds(),
        RunListener.duration(seconds),
        folder);
  }
}
