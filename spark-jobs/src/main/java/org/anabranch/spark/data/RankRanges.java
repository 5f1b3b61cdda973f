package org.anabranch.spark.data;

import org.apache.spark.Partitioner;

/** Deals samples to equal ranges of their rank, in ascending order. */
final class RankRanges extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int ranges;

  RankRanges(int ranges) {
    this.ranges = ranges;
  }

  @Override
  public int numPartitions() {
    return ranges;
  }

  @Override
  public int getPartition(Object key) {
    return ((Rank) key).range(ranges);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RankRanges places && places.ranges == ranges;
  }

  @Override
  public int hashCode() {
    return ranges;
  }
}
