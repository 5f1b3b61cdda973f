package org.anabranch.spark.job;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A failure with its causes as text, for a file. */
final class StackTrace {
  private StackTrace() {}

  static String of(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
