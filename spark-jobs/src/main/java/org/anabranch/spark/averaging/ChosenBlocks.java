package org.anabranch.spark.averaging;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.anabranch.spark.data.BlockChecksums;
import org.anabranch.train.Block;
import org.jspecify.annotations.Nullable;

/** The blocks of a partition that a round uses, each held against its first packing. */
final class ChosenBlocks implements Iterator<Block> {
  private final Iterator<Block> partition;
  private final Set<Integer> chosen;
  private final BlockChecksums checksums;
  private @Nullable Block next;

  ChosenBlocks(Iterator<Block> partition, Set<Integer> chosen, BlockChecksums checksums) {
    this.partition = partition;
    this.chosen = chosen;
    this.checksums = checksums;
  }

  @Override
  public boolean hasNext() {
    while (next == null && partition.hasNext()) {
      Block block = partition.next();
      if (chosen.contains(block.number())) {
        checksums.requireTrain(block);
        next = block;
      }
    }
    return next != null;
  }

  @Override
  public Block next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Block block = next;
    next = null;
    return block;
  }
}
