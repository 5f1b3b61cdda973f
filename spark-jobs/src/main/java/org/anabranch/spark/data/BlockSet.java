package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.anabranch.train.Block;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Function1;

/** The training and test blocks as two RDDs that one job fills. */
record BlockSet(JavaRDD<Block> train, JavaRDD<Block> test) {
  /** What the job brings back of a block. */
  record Mark(boolean test, int number, int checksum) implements Serializable {}

  /** Takes the first {@code partitions} partitions for training and the others for testing. */
  static BlockSet persist(JavaRDD<Block> blocks, int partitions) {
    return new BlockSet(
        kept(blocks, (Function1<Object, Object> & Serializable) i -> (Integer) i < partitions),
        kept(blocks, (Function1<Object, Object> & Serializable) i -> (Integer) i >= partitions));
  }

  private static JavaRDD<Block> kept(JavaRDD<Block> blocks, Function1<Object, Object> partitions) {
    return PartitionPruningRDD.create(blocks.rdd(), partitions)
        .toJavaRDD()
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Computes all blocks, in one job. */
  BlockChecksums checksums(int trainBlocks, int testBlocks) {
    List<Mark> marks =
        DataProblem.surfacing(
            () ->
                train
                    .mapPartitions(blocks -> marks(blocks, false))
                    .union(test.mapPartitions(blocks -> marks(blocks, true)))
                    .collect());
    if (marks.size() != trainBlocks + testBlocks) {
      throw new AssertionError(
          "BlockSet: %d blocks, expected %d + %d."
              .formatted(marks.size(), trainBlocks, testBlocks));
    }
    int[] ofTrain = new int[trainBlocks];
    int[] ofTest = new int[testBlocks];
    for (Mark mark : marks) {
      (mark.test() ? ofTest : ofTrain)[mark.number()] = mark.checksum();
    }
    return new BlockChecksums(ofTrain, ofTest);
  }

  private static Iterator<Mark> marks(Iterator<Block> blocks, boolean test) {
    List<Mark> marks = new ArrayList<>();
    while (blocks.hasNext()) {
      Block block = blocks.next();
      marks.add(new Mark(test, block.number(), block.checksum()));
    }
    return marks.iterator();
  }
}
