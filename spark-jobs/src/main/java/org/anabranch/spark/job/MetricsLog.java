package org.anabranch.spark.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.anabranch.train.Evaluation;
import org.anabranch.train.LocalFolder;
import org.anabranch.train.RunFolder;

/**
 * {@code metrics.jsonl}: a line a round and a line an evaluation. Lines are written at most ten
 * times a second, on a file system elsewhere once, because a write takes a tenth of a millisecond
 * here and may take ten there; and always before a checkpoint, so that none is missing up to the
 * round from which a run goes on.
 */
final class MetricsLog {
  private final RunFolder folder;
  private final long interval;
  private final List<String> pending = new ArrayList<>();
  private long written = System.nanoTime();
  private double learningRate = Double.NaN;

  MetricsLog(RunFolder folder) {
    this.folder = folder;
    interval = TimeUnit.MILLISECONDS.toNanos(folder instanceof LocalFolder ? 100 : 1000);
  }

  /** Drops the lines of rounds that will be done again, and a line that was cut short. */
  void goBackTo(long round) throws IOException {
    folder.retainLines(RunFiles.METRICS, line -> Json.whole(line, "round") <= round);
  }

  /** The learning rate of the round whose line comes next. */
  synchronized void learningRate(double rate) {
    learningRate = rate;
  }

  synchronized void round(long round, double loss, double accuracy, long samples, double seconds)
      throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("round", round);
    line.put("train.loss", Json.number(loss));
    putKnown(line, "train.accuracy", accuracy);
    if (!Double.isNaN(learningRate)) {
      line.put("learning-rate", learningRate);
    }
    line.put("samples", samples);
    line.put("seconds", Json.number(seconds));
    add(line);
  }

  /**
   * @param more figures of this evaluation by their names
   */
  synchronized void evaluated(long round, Evaluation evaluation, Map<String, Double> more)
      throws IOException {
    evaluation("test", round, evaluation, more);
  }

  synchronized void validated(long round, Evaluation evaluation) throws IOException {
    evaluation("validation", round, evaluation, Map.of());
  }

  private void evaluation(String part, long round, Evaluation evaluation, Map<String, Double> more)
      throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("round", round);
    line.put(part + ".loss", Json.number(evaluation.meanLoss()));
    putKnown(line, part + ".accuracy", evaluation.accuracy());
    more.forEach((name, value) -> line.put(name, Json.number(value)));
    add(line);
  }

  /** What does not classify has no accuracy. */
  private static void putKnown(Map<String, Object> line, String name, double value) {
    if (!Double.isNaN(value)) {
      line.put(name, Json.number(value));
    }
  }

  synchronized void flush() throws IOException {
    folder.append(RunFiles.METRICS, pending);
    pending.clear();
    written = System.nanoTime();
  }

  private void add(Map<String, Object> line) throws IOException {
    pending.add(Json.line(line));
    if (System.nanoTime() - written >= interval) {
      flush();
    }
  }
}
