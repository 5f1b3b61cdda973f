package org.anabranch.spark.data;

import java.io.Serializable;

/**
 * Delimited text to learn from, and how its samples are split and packed.
 *
 * @param path a file, a folder (read with its sub-folders; names that begin with {@code .} or
 *     {@code _} are passed over) or a glob, on any Hadoop file system; compressed files by their
 *     suffix
 * @param header whether the first line of every file holds names
 * @param delimiter between two columns
 * @param labelColumn from 0, or {@link #LAST}
 * @param features the number of feature columns, or {@link #FROM_FIRST_RECORD}
 * @param classes labels are whole numbers from 0 to {@code classes - 1}
 * @param scale every feature is divided by it
 * @param maxBadFraction the share of bad records above which the data are refused, 0 to 1
 * @param testFraction the share of each class that is kept for testing, 0 (none) to below 1
 * @param validationFraction the share of each class that is kept for validation, likewise
 * @param splitSeed decides which samples those are
 * @param blockSize samples a block, 32 or 64
 * @param blockSeed decides which samples share a block
 */
public record CsvSource(
    String path,
    boolean header,
    char delimiter,
    int labelColumn,
    int features,
    int classes,
    double scale,
    double maxBadFraction,
    double testFraction,
    double validationFraction,
    long splitSeed,
    int blockSize,
    long blockSeed)
    implements Serializable {
  /** The label stands in the last column. */
  public static final int LAST = -1;

  /** As many feature columns as the first record has. */
  public static final int FROM_FIRST_RECORD = 0;

  private static final String NO_DELIMITERS = "\"\r\n.+-eE0123456789";

  public CsvSource {
    check(!path.isBlank(), "path is empty", "Name a file, a folder or a glob");
    check(
        NO_DELIMITERS.indexOf(delimiter) < 0,
        "delimiter is '%s'".formatted(delimiter),
        "Use a character that no number contains, such as ',' or ';' or a tab");
    check(
        labelColumn >= LAST,
        "label column is %d".formatted(labelColumn),
        "Count columns from 0, or use -1 for the last");
    check(
        features >= 0, "features is %d".formatted(features), "Use 1 or more, or 0 for 'as found'");
    check(classes >= 2, "classes is %d".formatted(classes), "Use 2 or more");
    check(
        Double.isFinite(scale) && scale > 0,
        "scale is %s".formatted(scale),
        "Use a positive number; 1 leaves features as they are");
    check(
        maxBadFraction >= 0 && maxBadFraction <= 1,
        "the largest share of bad records is %s".formatted(maxBadFraction),
        "Use 0 to 1");
    check(
        testFraction >= 0 && testFraction < 1,
        "the test share is %s".formatted(testFraction),
        "Use 0 or more and less than 1");
    check(
        validationFraction >= 0 && testFraction + validationFraction < 1,
        "the validation share is %s, and the test share %s"
            .formatted(validationFraction, testFraction),
        "Use 0 or more, and less than 1 together");
    check(
        blockSize == 32 || blockSize == 64,
        "block size is %d".formatted(blockSize),
        "Use 32 or 64");
  }

  /** A comma-separated file without header, label last, nothing kept for testing or validation. */
  public static Builder at(String path) {
    return new Builder(path);
  }

  private static void check(boolean holds, String fact, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("CsvSource: %s. %s.".formatted(fact, remedy));
    }
  }

  /** Names the dozen settings; what is not named keeps its default. */
  public static final class Builder {
    private final String path;
    private boolean header;
    private char delimiter = ',';
    private int labelColumn = LAST;
    private int features = FROM_FIRST_RECORD;
    private int classes = 2;
    private double scale = 1;
    private double maxBadFraction;
    private double testFraction;
    private double validationFraction;
    private long splitSeed;
    private int blockSize = 32;
    private long blockSeed;

    private Builder(String path) {
      this.path = path;
    }

    public Builder header(boolean present) {
      header = present;
      return this;
    }

    public Builder delimiter(char character) {
      delimiter = character;
      return this;
    }

    public Builder labelColumn(int column) {
      labelColumn = column;
      return this;
    }

    public Builder features(int columns) {
      features = columns;
      return this;
    }

    public Builder classes(int count) {
      classes = count;
      return this;
    }

    public Builder scale(double divisor) {
      scale = divisor;
      return this;
    }

    public Builder maxBadFraction(double share) {
      maxBadFraction = share;
      return this;
    }

    public Builder test(double share, long seed) {
      testFraction = share;
      splitSeed = seed;
      return this;
    }

    public Builder validation(double share) {
      validationFraction = share;
      return this;
    }

    public Builder blocks(int size, long seed) {
      blockSize = size;
      blockSeed = seed;
      return this;
    }

    public CsvSource build() {
      return new CsvSource(
          path,
          header,
          delimiter,
          labelColumn,
          features,
          classes,
          scale,
          maxBadFraction,
          testFraction,
          validationFraction,
          splitSeed,
          blockSize,
          blockSeed);
    }
  }
}
