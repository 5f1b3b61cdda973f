package org.anabranch.spark.job;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.anabranch.train.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * Progress as one line that is drawn over: a bar, time taken and left, loss, accuracy and speed.
 */
final class ProgressLine implements Progress {
  private static final int REDRAW_MILLISECONDS = 200;

  /** Below it the accuracies on other data have no room. */
  private static final int WIDE = 96;

  private static final String CLEAR = "\r\u001b[2K";

  private final Terminal terminal;
  private final PrintStream stream;
  private final String name;
  private @Nullable ProgressBar bar;
  private String validation = "";
  private String test = "";

  ProgressLine(Terminal terminal, PrintStream stream, String name) {
    this.terminal = terminal;
    this.stream = stream;
    this.name = name;
  }

  @Override
  public void round(
      long round, long rounds, double loss, double accuracy, long samples, double seconds) {
    ProgressBar drawn = bar == null ? start(round, rounds, seconds) : bar;
    bar = drawn;
    drawn.setExtraMessage(
        String.format(
            Locale.ROOT,
            " loss %.3f%s%s  %s/s",
            loss,
            Double.isNaN(accuracy) ? "" : "  acc " + Progress.percent(accuracy),
            terminal.width() < WIDE ? "" : validation + test,
            Progress.quantity(samples / seconds)));
    drawn.stepTo(round);
  }

  @Override
  public void evaluated(long round, Evaluation evaluation) {
    if (evaluation.weight() > 0) {
      test = "  test " + shown(evaluation);
    }
  }

  @Override
  public void validated(long round, Evaluation evaluation) {
    if (evaluation.weight() > 0) {
      validation = "  val " + shown(evaluation);
    }
  }

  private static String shown(Evaluation evaluation) {
    return Double.isNaN(evaluation.accuracy())
        ? String.format(Locale.ROOT, "%.3f", evaluation.meanLoss())
        : Progress.percent(evaluation.accuracy());
  }

  @Override
  public void repeated(String why) {
    // it happens now and then and is counted in the summary; a line would tear the bar
  }

  @Override
  public void warning(String sentence) {
    stream.println((bar == null ? "" : CLEAR) + "warning: " + sentence);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    stream.flush();
  }

  private ProgressBar start(long round, long rounds, double seconds) {
    // The width is given, for otherwise a library is loaded to ask the terminal.
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(rounds)
        .startsFrom(round - 1, Duration.ofMillis((long) (1000 * seconds)))
        .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
        .setStyle(style())
        .setConsumer(new ConsoleProgressBarConsumer(stream, terminal.width() - 1))
        .build();
  }

  private ProgressBarStyle style() {
    if (!terminal.unicode()) {
      return ProgressBarStyle.ASCII;
    }
    return terminal.colours()
        ? ProgressBarStyle.COLORFUL_UNICODE_BAR
        : ProgressBarStyle.UNICODE_BLOCK;
  }
}
