package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Where the last test sample of each class must lie: keys are uniform, so the t-th of n is near t/n
 * with a standard deviation of at most 1/(2√n). Only ranks inside the band have to be looked at one
 * by one, at most some 16√n of them; a band that misses is replaced by a wider one, so the split is
 * exact.
 *
 * @param samples of each class
 * @param test how many of them are for testing
 * @param widening multiplies the band of {@value #DEVIATIONS} standard deviations to either side
 */
record SplitBand(long seed, List<Long> samples, List<Long> test, double widening)
    implements Serializable {
  private static final double DEVIATIONS = 8;

  static SplitBand of(PackingRules rules, SplitReport report) {
    List<Long> samples = Arrays.stream(report.samplesOfClass).boxed().toList();
    double share = rules.testFraction();
    List<Long> test = samples.stream().map(count -> Math.round(share * count)).toList();
    return new SplitBand(rules.splitSeed(), samples, test, 1);
  }

  /**
   * A band four times as wide.
   *
   * @throws DataProblem if this one held every sample, so that the counts are no longer true
   */
  SplitBand wider() {
    if (widening > 0x1p32) {
      throw DataProblem.inputChanged("a class had fewer samples");
    }
    return new SplitBand(seed, samples, test, widening * 4);
  }

  /** Keys below are for testing. */
  long low(int label) {
    return test.get(label) == 0 ? 0 : bound(label, -1);
  }

  /** Keys above are for training. */
  long high(int label) {
    return test.get(label) == 0 ? -1 : bound(label, 1);
  }

  private long bound(int label, int side) {
    double n = samples.get(label);
    double share = test.get(label) / n;
    double deviation = StrictMath.sqrt(share * (1 - share) / n) + 1 / n;
    double bound = share + side * widening * DEVIATIONS * deviation;
    return (long) (Math.min(1, Math.max(0, bound)) * 0x1p63); // the cast saturates at 2⁶³ - 1
  }
}
