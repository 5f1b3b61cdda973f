package org.anabranch.spark.job;

/** A value that its parameter cannot take. The message completes the sentence "it must be …". */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1;
  private final String remedy;

  Unfit(String expected) {
    this(expected, "");
  }

  /**
   * @param remedy a sentence; empty if the parameter's example says it
   */
  Unfit(String expected, String remedy) {
    super(expected, null, false, false);
    this.remedy = remedy;
  }

  String expected() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  String remedy() {
    return remedy;
  }
}
