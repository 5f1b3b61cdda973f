package org.anabranch.spark.job;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What a run is told beside its configuration.
 *
 * @param commandLine as it may be recorded
 * @param report whether the run leaves a report
 * @param ui the port of a live report, 0 for any; empty for none
 */
record RunOptions(Reuse reuse, List<String> commandLine, boolean report, OptionalInt ui) {
  private static final Pattern SECRET =
      Pattern.compile("(?i)([^=]*(?:secret|password|token|access[.]?key)[^=]*)=.*", Pattern.DOTALL);
  private static final Pattern USER = Pattern.compile("://[^/@\\s]+@");

  /** What to do with an output folder that holds a run. */
  enum Reuse {
    /** Nothing: it is refused. */
    REFUSE,
    /** Go on from its newest checkpoint. */
    RESUME,
    /** Delete what the run wrote, and start anew. */
    OVERWRITE
  }

  RunOptions {
    commandLine = commandLine.stream().map(RunOptions::withoutSecrets).toList();
  }

  /** With a report. */
  RunOptions(Reuse reuse, List<String> commandLine) {
    this(reuse, commandLine, true, OptionalInt.empty());
  }

  private static String withoutSecrets(String argument) {
    String text = SECRET.matcher(argument).replaceFirst("$1=<redacted>");
    return USER.matcher(text).replaceAll("://<redacted>@");
  }
}
