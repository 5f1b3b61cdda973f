package org.anabranch.spark.data;

import org.apache.hadoop.conf.Configuration;

/**
 * Arrays and their labels in two IDX files, the format of MNIST and Fashion-MNIST
 * (http://yann.lecun.com/exdb/mnist). A sample's features are its values row by row.
 *
 * @param path a file, folder or glob of arrays; gzip by the suffix {@code .gz}
 * @param labels as many files of labels; the first belongs to the first of {@code path}, by name;
 *     {@link #NONE} for arrays that say no class
 * @param testPath arrays that are for testing only, or {@link #NONE}
 * @param testLabels their labels, or {@link #NONE}
 * @param features the number of values of an array, or {@link #AS_FOUND}
 * @param scale every feature is divided by it
 */
public record IdxSource(
    String path,
    String labels,
    String testPath,
    String testLabels,
    int features,
    double scale,
    PackingRules rules)
    implements Source {
  /** There are no such files. */
  public static final String NONE = "";

  /** As many features as the files say. */
  public static final int AS_FOUND = 0;

  public IdxSource {
    check(!path.isBlank(), "path is empty", "Name a file, a folder or a glob");
    check(
        labels.isEmpty() || !labels.isBlank(),
        "labels is blank",
        "Name a file, a folder or a glob, or nothing for arrays without labels");
    check(
        testPath.isEmpty() || !labels.isEmpty(),
        "there are files for testing, but no labels to train by",
        "Name the labels, or no files for testing");
    check(
        testPath.isEmpty() == testLabels.isEmpty(),
        "test path is '%s' and test labels is '%s'".formatted(testPath, testLabels),
        "Name both, or neither");
    check(
        testPath.isEmpty() || rules.testFraction() == 0,
        "there are files for testing, and the test share is %s".formatted(rules.testFraction()),
        "Use 0, or no such files");
    check(
        features >= 0, "features is %d".formatted(features), "Use 1 or more, or 0 for 'as found'");
    check(
        Double.isFinite(scale) && scale > 0,
        "scale is %s".formatted(scale),
        "Use a positive number; 255 for pixels");
  }

  @Override
  public boolean hasLabels() {
    return !labels.isEmpty();
  }

  @Override
  public String remedy(BadRecord first) {
    return switch (first.fault()) {
      case LABEL_NOT_WHOLE, LABEL_OUT_OF_RANGE ->
          "Check data.classes and data.labels, or raise data.max-bad-fraction.";
      case COLUMNS,
          QUOTES,
          MISSING,
          NOT_A_NUMBER,
          NOT_FINITE,
          TIME,
          SCATTERED,
          PICTURE,
          TOO_LARGE ->
          "Mend the records, or raise data.max-bad-fraction.";
    };
  }

  @Override
  public Records find(Configuration configuration) {
    return IdxRecords.find(this, configuration);
  }

  private static void check(boolean holds, String fact, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("IdxSource: %s. %s.".formatted(fact, remedy));
    }
  }
}
