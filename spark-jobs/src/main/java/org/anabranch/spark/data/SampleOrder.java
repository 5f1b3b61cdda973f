package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where every sample goes: to which part, and to which place in the order of that part. The samples
 * of one range of ranks, sorted, take the places from {@code before} of the range on.
 *
 * @param before for each part, in the order of their declaration, its samples in lower ranges, for
 *     each range; one more entry holds the sum
 */
record SampleOrder(TestSplit split, long blockSeed, List<List<Long>> before)
    implements Serializable {
  SampleOrder {
    before = before.stream().map(List::copyOf).toList();
  }

  /**
   * An order from counts.
   *
   * @param counts of samples by part and range
   */
  static SampleOrder of(TestSplit split, long blockSeed, long[][] counts) {
    return new SampleOrder(
        split, blockSeed, Arrays.stream(counts).map(SampleOrder::sumsBefore).toList());
  }

  int ranges() {
    return before.get(0).size() - 1;
  }

  List<Long> before(Part part) {
    return before.get(part.index());
  }

  long samples(Part part) {
    return before(part).get(ranges());
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
