package org.anabranch.spark.report;

import java.util.Comparator;
import java.util.List;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Block;
import org.apache.spark.api.java.function.Function;

/** The first test blocks, which the driver looks at sample by sample. */
final class TestBlocks {
  private static final int MOST_SAMPLES = 2048;
  private static final long MOST_BYTES = 1L << 24;

  private TestBlocks() {}

  /** At least one, if there are any; the same for every partitioning. */
  static List<Block> first(PackedData data, int capacity) {
    long bytes = (long) capacity * data.width() * Float.BYTES;
    long most = Math.max(1, Math.min(MOST_SAMPLES / capacity, MOST_BYTES / bytes));
    Function<Block, Boolean> early = block -> block.number() < most;
    return data.testBlocks() == 0
        ? List.of()
        : DataProblem.surfacing(() -> data.test().filter(early).collect()).stream()
            .sorted(Comparator.comparingInt(Block::number))
            .toList();
  }
}
