package org.anabranch.spark.job;

import java.util.List;

/**
 * What the user can put right: usage, configuration, data, or the output folder. Its message is
 * shown as it is, without a stack trace, and the process ends with {@link ExitCode#MISTAKE}.
 */
final class Mistake extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param sentences where, what is wrong with the value that was met, and what to do
   */
  Mistake(String sentences) {
    super(sentences);
  }

  Mistake(String sentences, Throwable cause) {
    super(sentences, cause);
  }

  /** Several mistakes found at once, one a line. */
  static Mistake of(List<Complaint> complaints) {
    return new Mistake(
        String.join("\n", complaints.stream().sorted().map(Complaint::toString).toList()));
  }
}
