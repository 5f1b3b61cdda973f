package org.anabranch.spark.data;

import java.io.Serializable;

/** What one input split held; the last thing that its reading gives. Sums in any order. */
final class SplitReport implements Parsed, Serializable {
  private static final long serialVersionUID = 1;

  final long[] samplesOfClass;
  final long declaredTest;
  final BadRecords bad;

  /**
   * @param samplesOfClass those that were declared to be for testing are not among them
   * @param declaredTest how many those are
   */
  SplitReport(long[] samplesOfClass, long declaredTest, BadRecords bad) {
    this.declaredTest = declaredTest;
    this.samplesOfClass = samplesOfClass;
    this.bad = bad;
  }

  SplitReport plus(SplitReport other) {
    long[] sums = samplesOfClass.clone();
    for (int label = 0; label < sums.length; label++) {
      sums[label] += other.samplesOfClass[label];
    }
    return new SplitReport(sums, declaredTest + other.declaredTest, bad.plus(other.bad));
  }

  long samples() {
    long sum = declaredTest;
    for (long count : samplesOfClass) {
      sum += count;
    }
    return sum;
  }
}
