package org.anabranch.spark.data;

import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;

/**
 * The parts of a series that is split by time: its first rows are for training, those that follow
 * for validation, the last for testing.
 *
 * @param validationFrom the first row, from 0, that is not for training
 * @param testFrom the first row that is for testing
 */
record WindowParts(long validationFrom, long testFrom) {
  /** By shares of the rows. */
  static WindowParts of(long rows, PackingRules rules) {
    long testFrom = rows - Math.round(rules.testFraction() * rows);
    long validation = Math.round(rules.validationFraction() * rows);
    return new WindowParts(Math.max(0, testFrom - validation), testFrom);
  }

  /**
   * A series of many. One that is so short that a part would have no window is of one part as a
   * whole, by chance.
   *
   * @param id tells it apart
   */
  static WindowParts ofMany(long rows, int length, PackingRules rules, long id) {
    WindowParts cut = of(rows, rules);
    boolean fits =
        cut.validationFrom >= length
            && (rules.testFraction() == 0 || rows - cut.testFrom >= length)
            && (rules.validationFraction() == 0 || cut.testFrom - cut.validationFrom >= length);
    if (fits) {
      return cut;
    }
    double u = CounterRandom.uniform(rules.splitSeed(), Stream.SPLIT, id, 0, 0);
    if (u < rules.testFraction()) {
      return new WindowParts(0, 0);
    }
    return u < rules.testFraction() + rules.validationFraction()
        ? new WindowParts(0, rows)
        : new WindowParts(rows, rows);
  }

  Part part(long row) {
    if (row < validationFrom) {
      return Part.TRAIN;
    }
    return row < testFrom ? Part.VALIDATION : Part.TEST;
  }
}
