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
    return of(place.test(), place.block());
  }

  /** The partition of a block. */
  int of(boolean test, int block) {
    if (!test) {
      return share(block % strata, strata, partitions);
    }
    // A block too many, from input that changed, goes where its assembly will refuse it.
    boolean known = block < testBlocks;
    return partitions + (known ? share(block, testBlocks, partitions) : 0);
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
