package org.anabranch.spark.data;

/** What can be wrong with a record. The constant carries the words that a user reads. */
public enum Fault {
  COLUMNS("wrong number of columns"),
  MISSING("missing value"),
  NOT_A_NUMBER("not a number"),
  NOT_FINITE("not a finite number"),
  LABEL_NOT_WHOLE("label is not a whole number"),
  LABEL_OUT_OF_RANGE("label out of range"),
  QUOTES("broken quotes"),
  TIME("time does not ascend"),
  SCATTERED("rows of a series stand apart"),
  PICTURE("unreadable picture"),
  TOO_LARGE("too large a picture");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
