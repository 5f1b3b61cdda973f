package org.anabranch.spark.job;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.anabranch.train.Evaluation;

/** Progress as whole lines: at the first round, then at intervals, and at the last. */
final class ProgressLog implements Progress {
  private final PrintStream stream;
  private final double interval;
  private double last = Double.NEGATIVE_INFINITY;
  private long first;

  ProgressLog(PrintStream stream, Duration interval) {
    this.stream = stream;
    this.interval = interval.toMillis() * 1e-3;
  }

  @Override
  public void round(
      long round, long rounds, double loss, double accuracy, long samples, double seconds) {
    if (first == 0) {
      first = round;
    }
    if (round < rounds && seconds - last < interval) {
      return;
    }
    last = seconds;
    stream.printf(
        Locale.ROOT,
        "round %d of %d: loss %.4f%s, %s samples/s%s%n",
        round,
        rounds,
        loss,
        accuracy("", accuracy),
        Progress.quantity(samples / seconds),
        left(round, rounds, seconds));
  }

  @Override
  public void evaluated(long round, Evaluation evaluation) {
    if (evaluation.weight() > 0) {
      stream.printf(
          Locale.ROOT,
          "round %d: test loss %.4f%s%n",
          round,
          evaluation.meanLoss(),
          accuracy("test ", evaluation.accuracy()));
    }
  }

  @Override
  public void validated(long round, Evaluation evaluation) {
    stream.printf(
        Locale.ROOT,
        "round %d: validation loss %.4f%s%n",
        round,
        evaluation.meanLoss(),
        accuracy("validation ", evaluation.accuracy()));
  }

  private static String accuracy(String of, double accuracy) {
    return Double.isNaN(accuracy) ? "" : ", " + of + "accuracy " + Progress.percent(accuracy);
  }

  @Override
  public void repeated(String why) {
    stream.println("again: " + why);
  }

  @Override
  public void warning(String sentence) {
    stream.println("warning: " + sentence);
  }

  @Override
  public void close() {
    stream.flush();
  }

  /** The first round is left out of the estimate: it compiles. */
  private String left(long round, long rounds, double seconds) {
    long done = round - first + 1;
    return round == rounds || done < 2
        ? ""
        : ", " + Progress.clock(seconds / done * (rounds - round)) + " left";
  }
}
