package org.anabranch.spark.data;

import org.apache.hadoop.conf.Configuration;

/**
 * Delimited text to learn from, and how its samples are split and packed.
 *
 * @param path a file, a folder (read with its sub-folders; names that begin with {@code .} or
 *     {@code _} are passed over) or a glob, on any Hadoop file system; compressed files by their
 *     suffix
 * @param header whether the first line of every file holds names
 * @param delimiter between two columns
 * @param labelColumn from 0, {@link #LAST} or {@link #NONE}
 * @param features the number of feature columns, or {@link #FROM_FIRST_RECORD}
 * @param scale every feature is divided by it
 */
public record CsvSource(
    String path,
    boolean header,
    char delimiter,
    int labelColumn,
    int features,
    double scale,
    PackingRules rules)
    implements Source {
  /** The label stands in the last column. */
  public static final int LAST = -1;

  /** There is no label: records to predict for. */
  public static final int NONE = -2;

  /** As many feature columns as the first record has. */
  public static final int FROM_FIRST_RECORD = 0;

  private static final String NO_DELIMITERS = "\"\r\n.+-eE0123456789";

  public CsvSource {
    check(!path.isBlank(), "path is empty", "Name a file, a folder or a glob");
    check(rules.classes() >= 2, "classes is %d".formatted(rules.classes()), "Use 2 or more");
    check(
        isDelimiter(delimiter),
        "delimiter is '%s'".formatted(delimiter),
        "Use a character that no number contains, such as ',' or ';' or a tab");
    check(
        labelColumn >= NONE,
        "label column is %d".formatted(labelColumn),
        "Count columns from 0, or use -1 for the last and -2 for none");
    check(
        features >= 0, "features is %d".formatted(features), "Use 1 or more, or 0 for 'as found'");
    check(
        Double.isFinite(scale) && scale > 0,
        "scale is %s".formatted(scale),
        "Use a positive number; 1 leaves features as they are");
  }

  static boolean isDelimiter(char character) {
    return NO_DELIMITERS.indexOf(character) < 0;
  }

  /** A comma-separated file without header, label last, nothing kept for testing or validation. */
  public static Builder at(String path) {
    return new Builder(path);
  }

  @Override
  public boolean hasLabels() {
    return labelColumn != NONE;
  }

  @Override
  public String remedy(BadRecord first) {
    if (first.line() == 1 && first.fault() == Fault.NOT_A_NUMBER && !header) {
      return "If the first line holds names, set data.header = true.";
    }
    return switch (first.fault()) {
      case COLUMNS, QUOTES ->
          "Mend the records, check data.delimiter and data.header,"
              + " or raise data.max-bad-fraction.";
      case LABEL_NOT_WHOLE, LABEL_OUT_OF_RANGE ->
          "Check data.label-column and data.classes,"
              + " mend the records, or raise data.max-bad-fraction.";
      case MISSING, NOT_A_NUMBER, NOT_FINITE, TIME, SCATTERED, PICTURE, TOO_LARGE ->
          "Mend the records, or raise data.max-bad-fraction.";
    };
  }

  @Override
  public Records find(Configuration configuration) {
    return CsvRecords.find(this, configuration);
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
    private boolean standardise;
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

    /** By mean and deviation of the training samples. */
    public Builder standardise(boolean whether) {
      standardise = whether;
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
          scale,
          new PackingRules(
              classes,
              maxBadFraction,
              standardise,
              testFraction,
              validationFraction,
              splitSeed,
              blockSize,
              blockSeed));
    }
  }
}
