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

/** The blocks of each part as RDDs that one job fills. */
record BlockSet(JavaRDD<Block> train, JavaRDD<Block> validation, JavaRDD<Block> test) {
  /** What the job brings back of a block. */
  record Mark(Part part, int number, int checksum) implements Serializable {}

  /** Takes {@code partitions} partitions for each part, in the order of {@link BlockPlaces}. */
  static BlockSet persist(JavaRDD<Block> blocks, int partitions) {
    return new BlockSet(
        kept(blocks, Part.TRAIN, partitions),
        kept(blocks, Part.VALIDATION, partitions),
        kept(blocks, Part.TEST, partitions));
  }

  private static JavaRDD<Block> kept(JavaRDD<Block> blocks, Part part, int partitions) {
    int third = part.index();
    Function1<Object, Object> ofPart =
        (Function1<Object, Object> & Serializable) i -> (Integer) i / partitions == third;
    return PartitionPruningRDD.create(blocks.rdd(), ofPart)
        .toJavaRDD()
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Computes all blocks, in one job. */
  BlockChecksums checksums(int trainBlocks, int validationBlocks, int testBlocks) {
    JavaRDD<Mark> all = marked(train, Part.TRAIN).union(marked(test, Part.TEST));
    JavaRDD<Mark> every =
        validationBlocks == 0 ? all : all.union(marked(validation, Part.VALIDATION));
    List<Mark> marks = DataProblem.surfacing(every::collect);
    int[][] checksums = {new int[trainBlocks], new int[validationBlocks], new int[testBlocks]};
    if (marks.size() != trainBlocks + validationBlocks + testBlocks) {
      throw new AssertionError(
          "BlockSet: %d blocks, expected %d + %d + %d."
              .formatted(marks.size(), trainBlocks, validationBlocks, testBlocks));
    }
    for (Mark mark : marks) {
      checksums[mark.part().index()][mark.number()] = mark.checksum();
    }
    return new BlockChecksums(checksums[0], checksums[1], checksums[2]);
  }

  private static JavaRDD<Mark> marked(JavaRDD<Block> blocks, Part part) {
    return blocks.mapPartitions(ofPart -> marks(ofPart, part));
  }

  private static Iterator<Mark> marks(Iterator<Block> blocks, Part part) {
    List<Mark> marks = new ArrayList<>();
    while (blocks.hasNext()) {
      Block block = blocks.next();
      marks.add(new Mark(part, block.number(), block.checksum()));
    }
    return marks.iterator();
  }
}
