package org.anabranch.spark.job;

import java.util.Comparator;
import java.util.List;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.anabranch.model.paths.evaluation.PathComparison;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Block;
import org.apache.spark.api.java.JavaRDD;

/** Some real paths on the driver, for training and for testing. */
record RealPaths(PathSet train, PathSet test) {
  /** Fewer have no law that could be compared. */
  private static final int FEWEST = 2;

  /**
   * Those of packed data.
   *
   * @param capacity of the blocks
   * @param most paths for testing; for training several times as many, for a yardstick that is not
   *     one group's chance
   */
  static RealPaths of(PathShape shape, PackedData data, int capacity, int most) {
    return new RealPaths(
        forYardstick(shape, data, capacity, most),
        first(shape, data.test(), data.testBlocks(), capacity, most));
  }

  static PathSet ofTraining(PathShape shape, PackedData data, int capacity, int most) {
    return first(shape, data.train(), data.trainBlocks(), capacity, most);
  }

  /** Paths for training, as many as a yardstick for some others wants. */
  static PathSet forYardstick(PathShape shape, PackedData data, int capacity, int others) {
    int most = Math.multiplyExact(PathComparison.GROUPS, others);
    return ofTraining(shape, data, capacity, most);
  }

  boolean areEnough() {
    return train.size() >= FEWEST && test.size() >= FEWEST;
  }

  /** The first paths in the order of their blocks, which is a random one. */
  private static PathSet first(
      PathShape shape, JavaRDD<Block> blocks, int count, int capacity, int most) {
    if (count == 0) {
      return new PathSet(shape, new float[0], new float[0]);
    }
    int enough = (most + capacity - 1) / capacity + 1; // one may lack rows
    List<Block> chosen =
        DataProblem.surfacing(() -> blocks.filter(block -> block.number() < enough).collect())
            .stream()
            .sorted(Comparator.comparingInt(Block::number))
            .toList();
    int rows = (int) Math.min(most, chosen.stream().mapToLong(Block::rows).sum());
    int width = shape.covariates().size();
    float[] values = new float[rows * shape.values()];
    float[] covariates = new float[rows * width];
    int path = 0;
    for (Block block : chosen) {
      for (int row = 0; row < block.rows() && path < rows; row++, path++) {
        for (int i = 0; i < shape.values(); i++) {
          values[path * shape.values() + i] = block.feature(row, i);
        }
        for (int i = 0; i < width; i++) {
          covariates[path * width + i] = block.feature(row, shape.values() + i);
        }
      }
    }
    return new PathSet(shape, values, covariates);
  }
}
