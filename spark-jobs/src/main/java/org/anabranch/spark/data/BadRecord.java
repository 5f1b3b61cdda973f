package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A record that cannot be used.
 *
 * @param file as the user would open it
 * @param line from 1, blank lines and the header counted, or the number of a record in a binary
 *     file; 0 if the file is one record, or where rows have no numbers
 * @param reason the value that is wrong and what was expected
 */
public record BadRecord(String file, long line, Fault fault, String reason)
    implements Parsed, Comparable<BadRecord>, Serializable {
  private static final Comparator<BadRecord> BY_PLACE =
      Comparator.comparing(BadRecord::file)
          .thenComparingLong(BadRecord::line)
          .thenComparing(BadRecord::reason);

  /** {@code file:line: reason}; of a file that is one record, {@code file: reason}. */
  public String sentence() {
    return line == 0 ? "%s: %s".formatted(file, reason) : "%s:%d: %s".formatted(file, line, reason);
  }

  @Override
  public int compareTo(BadRecord other) {
    return BY_PLACE.compare(this, other);
  }
}
