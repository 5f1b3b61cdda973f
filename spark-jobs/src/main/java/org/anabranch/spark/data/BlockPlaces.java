package org.anabranch.spark.data;

import org.apache.spark.Partitioner;

/**
 * Deals blocks to partitions: the first half holds the training blocks, whole strata each (stratum
 * = block modulo strata), the second half the test blocks, in order.
 */
final class BlockPlaces extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int partitions;
  private final int strata;
  private final int testBlocks;

  BlockPlaces(int partitions, int strata, int testBlocks) {
    this.partitions = partitions;
    this.strata = strata;
    this.testBlocks = testBlocks;
  }

  @Override
  public int numPartitions() {
    return 2 * partitions;
  }

  @Override
  public int getPartition(Object key) {
    Piece.Place place = (Piece.Place) key;
    if (place.test()) {
      int block = Math.min(place.block(), testBlocks - 1);
      return partitions + share(block, testBlocks, partitions);
    }
    return share(place.block() % strata, strata, partitions);
  }

  /** Where one of {@code of} things goes, in order, so that loads differ by one at most. */
  static int share(int index, int of, int partitions) {
    return (int) ((long) index * partitions / of);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockPlaces places
        && places.partitions == partitions
        && places.strata == strata
        && places.testBlocks == testBlocks;
  }

  @Override
  public int hashCode() {
    return (partitions * 31 + strata) * 31 + testBlocks;
  }
}
