package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a table are what, by their exact names.
 *
 * @param label the column of the class
 * @param features in the order of a sample's features; none for all columns of numbers but the
 *     label and the identity, in the table's order
 * @param id the column whose value no two rows share, or {@link #CONTENT}
 */
public record ColumnRoles(String label, List<String> features, String id) implements Serializable {
  /** Rows are told apart by what they hold, and equal rows are counted. */
  public static final String CONTENT = "";

  public ColumnRoles {
    features = List.copyOf(features);
    check(!label.isBlank(), "label is empty", "Name a column");
    check(!label.equals(id), "'%s' is label and id".formatted(label), "Name two columns");
    Set<String> seen = new HashSet<>();
    for (String feature : features) {
      check(!feature.isBlank(), "a feature column is empty", "Name a column");
      check(seen.add(feature), "'%s' is a feature twice".formatted(feature), "Name it once");
      check(
          !feature.equals(label) && !feature.equals(id),
          "'%s' is a feature and the %s".formatted(feature, feature.equals(label) ? "label" : "id"),
          "Take it out of the features");
    }
  }

  /** All columns of numbers but the label, without a declared identity. */
  public static ColumnRoles ofLabel(String label) {
    return new ColumnRoles(label, List.of(), CONTENT);
  }

  boolean declaresId() {
    return !id.equals(CONTENT);
  }

  /** What to do about bad rows of which the first has this fault. */
  static String remedy(Fault first) {
    return switch (first) {
      case LABEL_NOT_WHOLE, LABEL_OUT_OF_RANGE ->
          "Check data.label and data.classes, mend the rows, or raise data.max-bad-fraction.";
      case MISSING -> "Fill or take out such rows, or raise data.max-bad-fraction.";
      case COLUMNS, QUOTES, NOT_A_NUMBER, NOT_FINITE, TIME, SCATTERED, PICTURE, TOO_LARGE ->
          "Mend the rows, or raise data.max-bad-fraction.";
    };
  }

  private static void check(boolean holds, String fact, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("ColumnRoles: %s. %s.".formatted(fact, remedy));
    }
  }
}
