package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A record that cannot be used.
 *
 * @param file as the user would open it
 * @param line from 1, blank lines and the header counted
 * @param reason the value that is wrong and what was expected
 */
public record BadRecord(String file, long line, Fault fault, String reason)
    implements Parsed, Comparable<BadRecord>, Serializable {
  private static final Comparator<BadRecord> BY_PLACE =
      Comparator.comparing(BadRecord::file).thenComparingLong(BadRecord::line);

  /** {@code file:line: reason}. */
  public String sentence() {
    return "%s:%d: %s".formatted(file, line, reason);
  }

  @Override
  public int compareTo(BadRecord other) {
    return BY_PLACE.compare(this, other);
  }
}
