package org.anabranch.spark.data;

import java.util.concurrent.Callable;

/**
 * The data cannot be used as they are. The message is one sentence of fact and one of remedy, for
 * the user to read without a stack trace.
 */
public final class DataProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DataProblem(String sentences) {
    super(sentences);
  }

  public DataProblem(String sentences, Throwable cause) {
    super(sentences, cause);
  }

  /**
   * Runs a Spark job. A problem with the data that a task found comes out as that problem, where
   * Spark would wrap it into its own exception with the stack traces of all attempts; any other
   * failure comes out as it is, or unchecked.
   */
  public static <T> T surfacing(Callable<T> job) {
    try {
      return job.call();
    } catch (Exception failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof DataProblem problem) {
          throw problem;
        }
      }
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      // Scala throws checked exceptions that no signature declares.
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  static DataProblem inputChanged(String what) {
    return new DataProblem(
        "The input changed under the running job: when blocks were packed again, %s."
                .formatted(what)
            + " Put the files back as they were and resume, or start anew.");
  }
}
