package org.anabranch.spark.job;

/** A run failed and its folder says how; the message is for the user. */
final class RunFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  RunFailure(String sentences, Throwable cause) {
    super(sentences, cause);
  }
}
