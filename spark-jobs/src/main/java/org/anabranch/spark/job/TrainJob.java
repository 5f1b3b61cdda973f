package org.anabranch.spark.job;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.node.ClassifierWorkers;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.nn.Initialiser;
import org.anabranch.spark.averaging.SparkRounds;
import org.anabranch.spark.data.BadRecord;
import org.anabranch.spark.data.BadRecords;
import org.anabranch.spark.data.PackedData;
import org.anabranch.spark.data.Source;
import org.anabranch.train.Backends;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.Safetensors;
import org.anabranch.train.Tensor;
import org.anabranch.train.Trainer;
import org.anabranch.train.TrainingListener;
import org.anabranch.train.TrainingPlan;
import org.anabranch.train.TrainingResult;
import org.anabranch.train.Updates;
import org.apache.spark.api.java.JavaSparkContext;

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
    LibraryProbe.requireSpark();
    RunRecorder.recording(
        configuration,
        options,
        () -> SparkSetup.hadoop(configuration),
        recorder -> {
          try (JavaSparkContext spark = new JavaSparkContext(SparkSetup.conf(configuration))) {
            int partitions = partitions(configuration, spark);
            try (PackedData data = pack(configuration, spark, partitions)) {
              report(data, recorder);
              train(configuration, recorder, spark, data, partitions);
            }
          }
        });
    return ExitCode.OK;
  }

  private static int partitions(TrainingConfiguration configuration, JavaSparkContext spark) {
    int written = configuration.spark().partitions();
    return written == 0 ? Math.max(1, spark.defaultParallelism()) : written;
  }

  private static PackedData pack(
      TrainingConfiguration configuration, JavaSparkContext spark, int partitions) {
    Source source = DataSettings.source(configuration);
    return PackedData.pack(spark, source, configuration.train().batchSize(), partitions);
  }

  private void report(PackedData data, RunRecorder recorder) throws IOException {
    BadRecords bad = data.bad();
    if (bad.total() > 0) {
      out.println(bad.summary());
      for (BadRecord record : bad.first()) {
        recorder.badRecord(
            Map.of("file", record.file(), "line", record.line(), "reason", record.sentence()));
      }
    }
  }

  private void train(
      TrainingConfiguration configuration,
      RunRecorder recorder,
      JavaSparkContext spark,
      PackedData data,
      int partitions)
      throws IOException {
    NeuralOdeClassifier model =
        ModelSettings.classifier(configuration, data.width(), data.standardisation());
    ParameterLayout layout = model.layout();
    String master = spark.getConf().get("spark.master");
    identify(configuration, recorder, data);
    recorder.note("master", master);
    recorder.note("partitions", partitions);
    String fingerprint = configuration.fingerprint() + "/" + data.fingerprint();
    TrainingPlan plan = plan(configuration, data, fingerprint);
    Updates updates =
        new Updates(
            Backends.named("simd"),
            ModelSettings.optimiser(configuration.train()),
            Initialiser.glorot(layout, configuration.seed()));
    Optional<Checkpoint> from = from(recorder, fingerprint);
    out.printf(
        "Training %s: %,d parameters, %,d samples in %d blocks, %,d for testing; %d rounds on %s%n",
        configuration.name(),
        layout.size(),
        data.trainSamples(),
        data.trainBlocks(),
        data.testSamples(),
        plan.rounds(),
        master);
    ClassifierWorkers workers =
        new ClassifierWorkers(
            model.toJson(),
            ModelSettings.backend(configuration),
            configuration.train().blockSize());
    FirstRound first = FirstRound.ofThisMachine();
    try (SparkRounds rounds = new SparkRounds(spark, data, workers);
        Progress progress = Progress.on(terminal, out, configuration.name())) {
      TrainingListener listener = new Listeners(List.of(first, recorder, progress));
      Checkpoints checkpoints = new Checkpoints(recorder.folder());
      Trainer trainer = new Trainer(updates, layout.size(), plan, rounds, listener, checkpoints);
      from.ifPresent(trainer::resume);
      TrainingResult result = trainer.run();
      recorder.figure("firstRoundSecondsAfterStart", first.seconds());
      recorder.model(
          model.toJson(), parameters(layout, result.parameters(), workers.singlePrecision()));
      recorder.completed(result);
    }
    out.print(recorder.finalSummary().text());
  }

  private static void identify(
      TrainingConfiguration configuration, RunRecorder recorder, PackedData data)
      throws IOException {
    recorder.identify("dataFingerprint", data.fingerprint());
    String backend = ModelSettings.backend(configuration);
    recorder.identify("numericsId", Backends.named(backend).numericsId());
    recorder.note("kernels", SimdBackend.describe());
    recorder.note("trainSamples", data.trainSamples());
    recorder.note("testSamples", data.testSamples());
    recorder.note("samplesOfClass", List.copyOf(data.samplesOfClass()));
    recorder.note("badRecords", data.bad().total());
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

  private Optional<Checkpoint> from(RunRecorder recorder, String fingerprint) throws IOException {
    Optional<Checkpoint> from = recorder.checkpoint(fingerprint, out::println);
    from.ifPresent(checkpoint -> out.printf("Going on after round %d%n", checkpoint.round()));
    return from;
  }

  /** In the precision that the workers use: what they round is not kept. */
  private static byte[] parameters(ParameterLayout layout, double[] values, boolean single) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (ParameterLayout.View view : layout.views()) {
      double[] numbers = Arrays.copyOfRange(values, view.offset(), view.offset() + view.size());
      List<Integer> shape = List.copyOf(view.shape().extents());
      tensors.put(
          view.name(),
          single ? Tensor.ofFloats(shape, rounded(numbers)) : Tensor.ofDoubles(shape, numbers));
    }
    return new Safetensors(tensors, Map.of("format", "anabranch-parameters")).toBytes();
  }

  private static float[] rounded(double[] numbers) {
    float[] rounded = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      rounded[i] = (float) numbers[i];
    }
    return rounded;
  }
}
