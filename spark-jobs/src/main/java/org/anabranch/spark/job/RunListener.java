package org.anabranch.spark.job;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.anabranch.train.Evaluation;
import org.anabranch.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * Shows and records a run's progress: a bar on a terminal, a line every few seconds elsewhere, and
 * a line of {@code metrics.jsonl} for every round.
 */
final class RunListener implements TrainingListener, AutoCloseable {
  private static final double SECONDS_BETWEEN_LINES = 5;

  private final RunFiles files;
  private final PrintStream out;
  private final long firstRound;
  private final @Nullable ProgressBar bar;
  private double lastLine;
  private double firstRoundSeconds = Double.NaN;
  private String tested = "";

  RunListener(RunFiles files, PrintStream out, boolean terminal, long firstRound, long rounds) {
    this.files = files;
    this.out = out;
    this.firstRound = firstRound;
    this.bar = terminal ? bar(firstRound, rounds) : null;
  }

  private static ProgressBar bar(long firstRound, long rounds) {
    return new ProgressBarBuilder()
        .setTaskName("Training")
        .setInitialMax(rounds)
        .startsFrom(firstRound, Duration.ZERO)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(200)
        .hideEta()
        .build();
  }

  /** Seconds from the start of training to the end of its first round. */
  double firstRoundSeconds() {
    return firstRoundSeconds;
  }

  @Override
  public void round(
      long round, long rounds, double loss, double accuracy, long samples, double seconds) {
    if (Double.isNaN(firstRoundSeconds)) {
      firstRoundSeconds = seconds;
    }
    record(round, loss, accuracy, samples, seconds);
    double perRound = seconds / Math.max(1, round - firstRound);
    String text =
        String.format(
            Locale.ROOT,
            "loss %.4f, accuracy %.4f%s, %,.0f samples/s, %s left",
            loss,
            accuracy,
            tested,
            samples / seconds,
            duration(perRound * (rounds - round)));
    if (bar != null) {
      bar.stepTo(round);
      bar.setExtraMessage(" " + text);
    } else if (seconds - lastLine >= SECONDS_BETWEEN_LINES || round == rounds) {
      out.printf(Locale.ROOT, "round %d of %d: %s%n", round, rounds, text);
      lastLine = seconds;
    }
  }

  private void record(long round, double loss, double accuracy, long samples, double seconds) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("round", round);
    line.put("train.loss", loss);
    line.put("train.accuracy", accuracy);
    line.put("samples", samples);
    line.put("seconds", seconds);
    write(line);
  }

  private void write(Map<String, Object> line) {
    try {
      files.metrics(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? "%d min %02d s".formatted(whole / 60, whole % 60)
            : "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }

  @Override
  public void evaluated(long round, Evaluation evaluation) {
    if (evaluation.weight() == 0) {
      return;
    }
    tested = String.format(Locale.ROOT, " (test %.4f)", evaluation.accuracy());
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("round", round);
    line.put("test.loss", evaluation.meanLoss());
    line.put("test.accuracy", evaluation.accuracy());
    write(line);
  }

  @Override
  public void repeated(String why) {
    say("Repeated " + why + ".");
  }

  @Override
  public void warning(String sentence) {
    say("Warning: " + sentence);
  }

  private void say(String sentence) {
    if (bar != null) {
      bar.pause();
      out.println();
      out.println(sentence);
      bar.resume();
    } else {
      out.println(sentence);
    }
  }

  /** Takes the bar off the line, so that what follows stands below it. */
  void finish() {
    if (bar != null) {
      bar.close();
    }
  }

  @Override
  public void close() {
    finish();
  }
}
