package org.anabranch.spark.job;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.train.Evaluation;
import org.anabranch.train.RunFolder;
import org.anabranch.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json}: how the run stands. Seconds, samples and failures are those of the whole
 * run: a run that goes on adds to what it had.
 */
final class RunSummary {
  private final RunFolder folder;
  private final Map<String, @Nullable Object> content = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> metrics = new LinkedHashMap<>();
  private final long began = System.nanoTime();
  private final double secondsBefore;
  private final long samplesBefore;
  private final long failuresBefore;
  private final long repeatedBefore;

  /**
   * @param previous the summary of the run that goes on; empty for one that starts
   */
  RunSummary(RunFolder folder, TrainingConfiguration configuration, Map<String, Object> previous) {
    this.folder = folder;
    secondsBefore = number(previous, "seconds");
    samplesBefore = (long) number(previous, "samples");
    failuresBefore = (long) number(previous, "failures");
    repeatedBefore = (long) number(previous, "repeatedRounds");
    content.put("program", RunFiles.PROGRAM);
    content.put("version", new BuildVersion().version());
    content.put("name", configuration.name());
    content.put("status", "running");
    content.put("started", previous.getOrDefault("started", now()));
    content.put("ended", "");
    content.put("seconds", secondsBefore);
    content.put("rounds", (long) number(previous, "rounds"));
    content.put("samples", samplesBefore);
    content.put("failures", failuresBefore);
    content.put("repeatedRounds", repeatedBefore);
    content.put("metrics", metrics);
    content.put("process", RunningProcess.current().toMap());
  }

  void round(long round, double loss, double accuracy, long samples) {
    content.put("rounds", round);
    content.put("samples", samplesBefore + samples);
    metrics.put("train.loss", Json.number(loss));
    putKnown("train.accuracy", accuracy);
  }

  void evaluated(Evaluation evaluation) {
    metrics.put("test.loss", Json.number(evaluation.meanLoss()));
    putKnown("test.accuracy", evaluation.accuracy());
  }

  void validated(Evaluation evaluation) {
    metrics.put("validation.loss", Json.number(evaluation.meanLoss()));
    putKnown("validation.accuracy", evaluation.accuracy());
  }

  /** What does not classify has no accuracy. */
  private void putKnown(String name, double value) {
    if (!Double.isNaN(value)) {
      metrics.put(name, Json.number(value));
    }
  }

  /** Of the last round's mini-batch, unless the caller has better ones. */
  void result(TrainingResult result) {
    content.put("rounds", result.rounds());
    content.put("samples", samplesBefore + result.samples());
    content.put("failures", failuresBefore + result.failures());
    content.put("repeatedRounds", repeatedBefore + result.repeated());
    content.put("worstDefect", Json.number(result.worstDefect()));
    content.put("parametersSha256", result.parametersSha256());
    Evaluation evaluation = result.evaluation();
    if (evaluation != null && evaluation.weight() > 0) {
      content.put("confusion", evaluation.confusion());
      evaluated(evaluation);
    }
  }

  long rounds() {
    return (long) number(content, "rounds");
  }

  /** A figure of the run's own beside the metrics. */
  void put(String key, @Nullable Object value) {
    content.put(key, value);
  }

  /**
   * Writes how the run stands now.
   *
   * @param status running, completed, failed or interrupted
   */
  void write(String status) throws IOException {
    double seconds = secondsBefore + (System.nanoTime() - began) * 1e-9;
    content.put("status", status);
    content.put("seconds", Math.rint(seconds * 1000) / 1000);
    content.put("ended", status.equals("running") ? "" : now());
    folder.write(RunFiles.SUMMARY, Json.document(content));
  }

  /** What will be written. */
  Map<String, @Nullable Object> content() {
    return content;
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static double number(Map<String, ?> object, String key) {
    return object.get(key) instanceof Number number ? number.doubleValue() : 0;
  }
}
