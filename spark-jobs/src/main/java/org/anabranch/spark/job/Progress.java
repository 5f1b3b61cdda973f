package org.anabranch.spark.job;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.anabranch.train.TrainingListener;

/**
 * Shows how a training goes: a bar that is drawn over where somebody watches, else lines now and
 * then, as a log wants them.
 */
interface Progress extends TrainingListener, AutoCloseable {
  /** Ends what is drawn, so that other lines may follow. */
  @Override
  void close();

  /**
   * The form that suits where it is shown.
   *
   * @param name of the run
   */
  static Progress on(Terminal terminal, PrintStream stream, String name) {
    return terminal.interactive()
        ? new ProgressLine(terminal, stream, name)
        : new ProgressLog(stream, Duration.ofSeconds(10));
  }

  /** "1.23e+04" is for machines: 12.3k. */
  static String quantity(double value) {
    if (value >= 1e6) {
      return String.format(Locale.ROOT, "%.1fM", value / 1e6);
    }
    return value >= 1e4
        ? String.format(Locale.ROOT, "%.1fk", value / 1e3)
        : String.format(Locale.ROOT, "%.0f", value);
  }

  /** "97.1 %", or "?" without a sample. */
  static String percent(double share) {
    return Double.isNaN(share) ? "?" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** "1:05:09", "5:09". */
  static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
