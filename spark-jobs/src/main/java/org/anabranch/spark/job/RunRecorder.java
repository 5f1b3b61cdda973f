package org.anabranch.spark.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.anabranch.spark.job.RunOptions.Reuse;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.Evaluation;
import org.anabranch.train.RunFolder;
import org.anabranch.train.TrainingListener;
import org.anabranch.train.TrainingResult;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Keeps a run's folder: what the run is made of, how it stands, and how it ended, whatever ends it.
 * Control-C and SIGTERM leave the status {@code interrupted}; SIGKILL leaves {@code running}, and
 * checkpoints to go on from.
 */
final class RunRecorder implements TrainingListener {
  /** Before Spark (40) and Hadoop's file systems (10) shut down. */
  private static final int HOOK_PRIORITY = 100;

  private static final String HEAD =
      """
      # Every setting of this run and where it was written. To train again:
      #   anabranch train configuration.conf --out DIR

      """;

  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);

  private final RunFolder folder;
  private final boolean resumes;

  /** The resolved configuration's text. */
  private final byte[] settings;

  private final Provenance provenance;
  private final RunSummary summary;
  private final MetricsLog metrics;
  private final boolean report;
  private final Runnable hook = this::interrupted;
  private long summarised = System.nanoTime();
  private Supplier<Map<String, Double>> diagnosis = Map::of;
  private boolean ended;

  private RunRecorder(
      RunFolder folder,
      boolean resumes,
      byte[] settings,
      Provenance provenance,
      RunSummary summary,
      boolean report) {
    this.folder = folder;
    this.report = report;
    this.resumes = resumes;
    this.settings = settings;
    this.provenance = provenance;
    this.summary = summary;
    metrics = new MetricsLog(folder);
  }

  /**
   * Opens the folder of a run, and writes what it is made of.
   *
   * @param hadoop asked for only where the folder is not of this machine
   * @throws Mistake if the folder must not be used, or the run cannot go on with these settings
   */
  static RunRecorder open(
      TrainingConfiguration configuration, RunOptions options, Supplier<Configuration> hadoop)
      throws IOException {
    OutFolder out = OutFolder.open(configuration.out(), options.reuse(), hadoop);
    RunFolder folder = out.folder();
    boolean resumes =
        options.reuse() == Reuse.RESUME
            && out.previous().isPresent()
            && folder.exists(RunFiles.PROVENANCE);
    if (resumes) {
      RunStem.requireSame(configuration, folder, hadoop);
    }
    RunSummary summary =
        new RunSummary(folder, configuration, resumes ? out.previous().orElseThrow() : Map.of());
    if (!resumes) {
      summary.write("running"); // marks the folder as ours before anything else is in it
    }
    Provenance provenance =
        resumes
            ? Provenance.resume(folder, configuration, options)
            : Provenance.start(folder, configuration, options);
    summary.write("running");
    byte[] settings = text(configuration);
    if (!resumes) { // else the run's own stays until it is known to go on
      folder.write(RunFiles.CONFIGURATION, settings);
    }
    folder.delete(RunFiles.FAILURE);
    folder.delete(RunFiles.BAD_RECORDS); // this process finds them again
    RunRecorder recorder =
        new RunRecorder(folder, resumes, settings, provenance, summary, options.report());
    ShutdownHookManager.get().addShutdownHook(recorder.hook, HOOK_PRIORITY);
    return recorder;
  }

  /** What a run does with its recorder. */
  @FunctionalInterface
  interface Work {
    /** Ends with {@link #completed}, or with an exception. */
    void train(RunRecorder recorder) throws Exception;
  }

  /**
   * Runs a training and records how it ends.
   *
   * @throws Mistake if the user can put it right
   * @throws RunFailure with the sentences for the user, if it fails otherwise
   */
  static void recording(
      TrainingConfiguration configuration,
      RunOptions options,
      Supplier<Configuration> hadoop,
      Work work)
      throws IOException {
    RunRecorder recorder = open(configuration, options, hadoop);
    try {
      work.train(recorder);
      recorder.endedEarly();
    } catch (Throwable failure) { // errors too: a run that ran out of memory has a status as well
      throw recorder.failed(failure);
    } finally {
      recorder.close();
    }
  }

  /** Where checkpoints go. Metrics are written before any file of it. */
  RunFolder folder() {
    return new OrderedFolder(folder, metrics::flush);
  }

  /** What a completed run says last. */
  synchronized FinalSummary finalSummary() {
    return new FinalSummary(summary.content(), folder.location());
  }

  /**
   * What the run goes on from; none if it starts. Metrics of later rounds, which will be done
   * again, are forgotten.
   *
   * @param fingerprint what the checkpoint must belong to
   * @param warning receives a sentence for each damaged checkpoint that was passed over
   * @throws Mistake if it belongs to something else, or none is whole
   */
  Optional<Checkpoint> checkpoint(String fingerprint, Consumer<String> warning) throws IOException {
    if (!resumes) {
      return Optional.empty();
    }
    Optional<Checkpoint> newest;
    try {
      newest = new Checkpoints(folder).latest(fingerprint, warning);
    } catch (IllegalArgumentException | IOException e) {
      throw new Mistake(String.valueOf(e.getMessage()), e);
    }
    folder.write(RunFiles.CONFIGURATION, settings);
    metrics.goBackTo(newest.map(Checkpoint::round).orElse(0L));
    return newest;
  }

  /**
   * Records what the result hangs on beside the settings: {@code dataFingerprint}, {@code
   * numericsId}.
   *
   * @throws Mistake if the run that goes on had another value
   */
  void identify(String key, String value) throws IOException {
    provenance.identify(key, value);
  }

  /** What {@link #identify} recorded when the run started; empty if this is its start. */
  Optional<String> identity(String key) {
    return provenance.identity(key);
  }

  /** Records what is good to know and may change when the run goes on, in the provenance. */
  void note(String key, Object value) throws IOException {
    provenance.note(key, value);
  }

  /** Records a record of the data that was left out. */
  void badRecord(Map<String, ?> line) throws IOException {
    folder.append(RunFiles.BAD_RECORDS, Json.line(line));
  }

  /** Records what this gives beside loss and accuracy, with every evaluation to come. */
  void diagnosing(Supplier<Map<String, Double>> figures) {
    diagnosis = figures;
  }

  /** Records a figure beside the metrics, in the summary. */
  synchronized void figure(String key, double value) {
    summary.put(key, Json.number(value));
  }

  /**
   * Records the model.
   *
   * @param json everything but the parameters
   * @param parameters a safetensors file
   */
  void model(String json, byte[] parameters) throws IOException {
    folder.write(RunFiles.PARAMETERS, parameters);
    folder.write(RunFiles.MODEL, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Records a good end. */
  synchronized void completed(TrainingResult result) throws IOException {
    metrics.flush();
    summary.result(result);
    end("completed");
  }

  @Override
  public synchronized void round(
      long round, long rounds, double loss, double accuracy, long samples, double seconds) {
    try {
      metrics.round(round, loss, accuracy, samples, seconds);
      summary.round(round, loss, accuracy, samples);
      if (!ended && System.nanoTime() - summarised >= INTERVAL) {
        summary.write("running");
        summarised = System.nanoTime();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void learningRate(double rate) {
    metrics.learningRate(rate);
  }

  @Override
  public synchronized void evaluated(long round, Evaluation evaluation) {
    try {
      metrics.evaluated(round, evaluation, diagnosis.get());
      summary.evaluated(evaluation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void validated(long round, Evaluation evaluation) {
    try {
      metrics.validated(round, evaluation);
      summary.validated(evaluation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void repeated(String why) {
    // counted in the result
  }

  @Override
  public void warning(String sentence) {
    // for those who watch
  }

  /** Records a bad end; the exception to throw on has sentences for the user. */
  synchronized RuntimeException failed(Throwable failure) {
    String sentences = sentences(failure);
    try {
      if (!ended) {
        metrics.flush();
        summary.put("message", sentences);
        end("failed");
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return FailureReport.isMistake(failure) && failure instanceof RuntimeException mistake
        ? mistake
        : new RunFailure(sentences, failure);
  }

  private String sentences(Throwable failure) {
    if (FailureReport.isForTheUser(failure)) {
      return String.valueOf(failure.getMessage());
    }
    String place = folder.location() + "/" + RunFiles.FAILURE;
    try {
      folder.write(RunFiles.FAILURE, StackTrace.of(failure).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      place = "no file, since " + e.getMessage();
    }
    return FailureReport.unexpected(failure, place);
  }

  /** Control-C: runs on a thread of its own while the training still goes on. */
  private synchronized void interrupted() {
    if (ended) {
      return;
    }
    try {
      metrics.flush();
      end("interrupted");
    } catch (IOException e) {
      System.err.println("anabranch: the end of the run could not be recorded: " + e.getMessage());
    }
    System.err.printf(
        "%nInterrupted at round %d. To go on: anabranch resume %s%n",
        summary.rounds(), folder.location());
    leavePage();
  }

  private void end(String status) throws IOException {
    ended = true;
    summary.write(status);
  }

  /** Work that returned without a result leaves a run that can go on. */
  private synchronized void endedEarly() throws IOException {
    if (!ended) {
      metrics.flush();
      end("interrupted");
    }
  }

  private void leavePage() {
    if (report) {
      LastPage.write(folder);
    }
  }

  private void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
      leavePage(); // else the hook does
    }
  }

  private static byte[] text(TrainingConfiguration configuration) {
    StringBuilder text = new StringBuilder(HEAD);
    configuration.settings().forEach(setting -> text.append(setting.line()).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
