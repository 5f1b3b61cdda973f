package org.anabranch.spark.data;

/**
 * The parts of a file that is split by time: its first rows are for training, those that follow for
 * validation, the last for testing.
 *
 * @param validationFrom the first row, from 0, that is not for training
 * @param testFrom the first row that is for testing
 */
record WindowParts(long validationFrom, long testFrom) {
  static WindowParts of(long rows, PackingRules rules) {
    long testFrom = rows - Math.round(rules.testFraction() * rows);
    long validation = Math.round(rules.validationFraction() * rows);
    return new WindowParts(Math.max(0, testFrom - validation), testFrom);
  }

  Part part(long row) {
    if (row < validationFrom) {
      return Part.TRAIN;
    }
    return row < testFrom ? Part.VALIDATION : Part.TEST;
  }
}
