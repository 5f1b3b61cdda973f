package org.anabranch.spark.job;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What a run is told beside its configuration.
 *
 * @param commandLine as it may be recorded
 * @param report whether the run leaves a report
 * @param talk what is printed while it goes on and at its end
 * @param ui the port of a live report, 0 for any; empty for none
 */
record RunOptions(
    Reuse reuse, List<String> commandLine, boolean report, Talk talk, OptionalInt ui) {
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

  /** What a run prints beside errors. */
  enum Talk {
    /** Progress, and a summary for people. */
    ALL,
    /** Nothing. */
    NONE,
    /** One line of JSON at the end: summary.json. */
    JSON
  }

  RunOptions {
    commandLine = commandLine.stream().map(RunOptions::withoutSecrets).toList();
  }

  /** With a report, and for people. */
  RunOptions(Reuse reuse, List<String> commandLine) {
    this(reuse, commandLine, true, Talk.ALL, OptionalInt.empty());
  }

  private static String withoutSecrets(String argument) {
    String text = SECRET.matcher(argument).replaceFirst("$1=<redacted>");
    return USER.matcher(text).replaceAll("://<redacted>@");
  }
}
