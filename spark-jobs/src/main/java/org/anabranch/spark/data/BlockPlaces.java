package org.anabranch.spark.data;

import org.apache.spark.Partitioner;

/**
 * Deals blocks to partitions: the first third holds the training blocks, whole strata each (stratum
 * = block modulo strata), the second the validation blocks and the third the test blocks, in order.
 */
final class BlockPlaces extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int partitions;
  private final int strata;
  private final int validationBlocks;
  private final int testBlocks;

  BlockPlaces(int partitions, int strata, int validationBlocks, int testBlocks) {
    this.partitions = partitions;
    this.strata = strata;
    this.validationBlocks = validationBlocks;
    this.testBlocks = testBlocks;
  }

  @Override
  public int numPartitions() {
    return Part.values().length * partitions;
  }

  @Override
  public int getPartition(Object key) {
    Piece.Place place = (Piece.Place) key;
    return of(place.part(), place.block());
  }

  /** The partition of a block. */
  int of(Part part, int block) {
    int first = part.index() * partitions;
    return switch (part) {
      case TRAIN -> first + share(block % strata, strata, partitions);
      case VALIDATION -> first + shareOfKnown(block, validationBlocks);
      case TEST -> first + shareOfKnown(block, testBlocks);
    };
  }

  /** A block too many, from input that changed, goes where its assembly will refuse it. */
  private int shareOfKnown(int block, int blocks) {
    return block < blocks ? share(block, blocks, partitions) : 0;
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
        && places.validationBlocks == validationBlocks
        && places.testBlocks == testBlocks;
  }

  @Override
  public int hashCode() {
    return ((partitions * 31 + strata) * 31 + validationBlocks) * 31 + testBlocks;
  }
}
