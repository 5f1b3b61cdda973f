package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where every sample goes: to training or testing, and to which place in the order of its kind. The
 * samples of one range of ranks, sorted, take the places from {@code …Before} of the range on.
 *
 * @param trainBefore training samples in lower ranges, for each range; one more entry holds the sum
 * @param testBefore the same of test samples
 */
record SampleOrder(TestSplit split, long blockSeed, List<Long> trainBefore, List<Long> testBefore)
    implements Serializable {
  SampleOrder {
    trainBefore = List.copyOf(trainBefore);
    testBefore = List.copyOf(testBefore);
  }

  static SampleOrder of(TestSplit split, long blockSeed, long[] train, long[] test) {
    return new SampleOrder(split, blockSeed, sumsBefore(train), sumsBefore(test));
  }

  int ranges() {
    return trainBefore.size() - 1;
  }

  long trainSamples() {
    return trainBefore.get(ranges());
  }

  long testSamples() {
    return testBefore.get(ranges());
  }

  private static List<Long> sumsBefore(long[] counts) {
    List<Long> before = new ArrayList<>();
    long sum = 0;
    for (long count : counts) {
      before.add(sum);
      sum += count;
    }
    before.add(sum);
    return before;
  }
}
