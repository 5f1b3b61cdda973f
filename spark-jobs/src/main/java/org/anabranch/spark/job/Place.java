package org.anabranch.spark.job;

import com.typesafe.config.ConfigOrigin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a setting was written: a line of a file, the command line, or an environment variable.
 *
 * @param line from 1; 0 where there is none; -1 if nobody wrote it
 */
record Place(String source, int line) implements Comparable<Place> {
  private static final Pattern WITH_LINES = Pattern.compile("(?s)(.*): \\d+(-\\d+)?");

  static Place of(ConfigOrigin origin) {
    Matcher matcher = WITH_LINES.matcher(origin.description());
    return origin.lineNumber() > 0 && matcher.matches()
        ? new Place(matcher.group(1), origin.lineNumber())
        : new Place(origin.description(), 0);
  }

  /** Of a value that nobody wrote. */
  static Place standard() {
    return new Place("default", -1);
  }

  boolean isWritten() {
    return line >= 0;
  }

  @Override
  public int compareTo(Place other) {
    int bySource = source.compareTo(other.source);
    return bySource != 0 ? bySource : Integer.compare(line, other.line);
  }

  /** As a compiler writes it, so that an editor can jump there. */
  @Override
  public String toString() {
    return line <= 0 ? source : source + ":" + line;
  }
}
