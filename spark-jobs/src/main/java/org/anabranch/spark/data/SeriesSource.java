package org.anabranch.spark.data;

import org.apache.hadoop.conf.Configuration;

/**
 * Series of numbers in delimited text: samples without labels, all of class 0.
 *
 * @param path a file, a folder (read with its sub-folders; names that begin with {@code .} or
 *     {@code _} are passed over) or a glob, on any Hadoop file system; compressed files by their
 *     suffix
 * @param header of a wide source: whether the first line of every file holds names. A long one has
 *     such a line always
 * @param delimiter between two columns
 * @param series of a long source: the column that tells series apart; {@link #NONE} where every
 *     file is one
 * @param time of a long source: the column that must ascend within a series, or {@link #NONE}
 * @param stride of a long source: rows from the begin of a window to that of the next
 */
public record SeriesSource(
    String path,
    Layout layout,
    boolean header,
    char delimiter,
    String series,
    String time,
    int stride,
    SeriesForm form,
    PackingRules rules)
    implements Source {
  /** There is no such column. */
  public static final String NONE = "";

  /** What a line is. */
  public enum Layout {
    /** A series: its values, time by time, then its covariates. */
    WIDE,
    /** One time of a series. */
    LONG
  }

  public SeriesSource {
    check(!path.isBlank(), "path is empty", "Name a file, a folder or a glob");
    check(
        CsvSource.isDelimiter(delimiter),
        "delimiter is '%s'".formatted(delimiter),
        "Use a character that no number contains, such as ',' or ';' or a tab");
    check(stride >= 1, "stride is %d".formatted(stride), "Use 1 or more");
    check(
        !rules.standardise(),
        "features are to be standardised one by one",
        "Scale channels instead, by ChannelFit");
    check(rules.classes() == 1, "classes is %d".formatted(rules.classes()), "Use 1");
  }

  @Override
  public boolean hasLabels() {
    return false;
  }

  /**
   * Whether windows share rows, so that parts are spans of time: a random split would put rows of
   * test windows into training.
   */
  boolean splitsByTime() {
    return layout == Layout.LONG
        && stride < form.length()
        && rules.testFraction() + rules.validationFraction() > 0;
  }

  @Override
  public String remedy(BadRecord first) {
    if (layout == Layout.WIDE && first.line() == 1 && first.fault() == Fault.NOT_A_NUMBER) {
      return header
          ? "Mend the records, or raise data.max-bad-fraction."
          : "If the first line holds names, set data.header = true.";
    }
    return switch (first.fault()) {
      case COLUMNS ->
          layout == Layout.WIDE
              ? "A line has data.length values of each of data.channels, then data.covariates:"
                  + " check these and data.delimiter, or mend the records."
              : "Check data.delimiter, mend the records, or raise data.max-bad-fraction.";
      case TIME ->
          "Sort the rows of every series, check data.series and data.time,"
              + " or raise data.max-bad-fraction.";
      case SCATTERED ->
          "Put the rows of every series together, check data.series,"
              + " or raise data.max-bad-fraction.";
      case MISSING ->
          "Mend the records, or raise data.max-missing-fraction or data.max-bad-fraction.";
      case QUOTES,
          NOT_A_NUMBER,
          NOT_FINITE,
          LABEL_NOT_WHOLE,
          LABEL_OUT_OF_RANGE,
          PICTURE,
          TOO_LARGE ->
          "Mend the records (a missing value is an empty field, or NA),"
              + " or raise data.max-bad-fraction.";
    };
  }

  @Override
  public Records find(Configuration configuration) {
    return layout == Layout.WIDE
        ? CsvRecords.find(this, configuration)
        : SeriesRecords.find(this, configuration);
  }

  private static void check(boolean holds, String fact, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("SeriesSource: %s. %s.".formatted(fact, remedy));
    }
  }
}
