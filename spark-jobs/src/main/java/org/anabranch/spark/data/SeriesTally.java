package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What was met while series were read, apart from bad records; nothing where samples are no series.
 *
 * @param values of the samples, missing ones among them; a value counts in every window that has it
 * @param missing how many of them are missing
 * @param straddling windows that were left out because they lie across two parts of their series
 * @param broken windows that were left out because a row of theirs is a bad record
 * @param tooShort series that were left out because they have fewer rows than a window
 */
public record SeriesTally(long values, long missing, long straddling, long broken, long tooShort)
    implements Serializable {
  private static final SeriesTally NONE = new SeriesTally(0, 0, 0, 0, 0);

  public static SeriesTally none() {
    return NONE;
  }

  SeriesTally plus(SeriesTally other) {
    return new SeriesTally(
        values + other.values,
        missing + other.missing,
        straddling + other.straddling,
        broken + other.broken,
        tooShort + other.tooShort);
  }

  /** For people; empty if there is nothing to say. */
  public String sentence() {
    List<String> parts = new ArrayList<>();
    if (missing > 0) {
      parts.add("%,d of %,d values are missing".formatted(missing, values));
    }
    if (straddling > 0) {
      parts.add("%,d windows across two parts are left out".formatted(straddling));
    }
    if (broken > 0) {
      parts.add("%,d windows with a bad record are left out".formatted(broken));
    }
    if (tooShort > 0) {
      parts.add("%,d series have fewer rows than a window".formatted(tooShort));
    }
    return String.join("; ", parts);
  }
}
