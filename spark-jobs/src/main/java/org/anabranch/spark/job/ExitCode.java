package org.anabranch.spark.job;

/** What the process ends with. {@code --help} and the tests repeat these. */
final class ExitCode {
  static final int OK = 0;

  /** The run itself failed: it diverged, too many samples failed, a machine was lost. */
  static final int FAILURE = 1;

  /** The usage, the configuration or the data have to be put right. */
  static final int MISTAKE = 2;

  /** A check went through, and the model's gradient is not certified. */
  static final int NOT_CERTIFIED = 3;

  /** Ended by control-C, as shells have it: 128 and the signal's number. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
