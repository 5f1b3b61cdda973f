package org.anabranch.spark.averaging;

import java.util.List;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Block;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** All blocks of a run, in the memory of this process, each held against its first packing. */
record HeldBlocks(List<Block> train, List<Block> validation, List<Block> test) {
  /** They are there twice for a moment, and once more in Spark's messages. */
  private static final int SHARE_OF_THE_HEAP = 8;

  /** Spark refuses to bring more than 1 GiB to the driver. */
  private static final long MOST_BYTES = 1L << 29;

  /** Whether Spark's tasks are threads of this process, and the blocks fit into its memory. */
  static boolean possible(JavaSparkContext spark, PackedData data) {
    long samples = data.trainSamples() + data.validationSamples() + data.testSamples();
    long bytes = samples * data.width() * Float.BYTES;
    return spark.isLocal() && fit(bytes, Runtime.getRuntime().maxMemory());
  }

  static boolean fit(long bytes, long heap) {
    return bytes <= Math.min(MOST_BYTES, heap / SHARE_OF_THE_HEAP);
  }

  /** Takes them out of Spark, which keeps those for testing alone: reports ask for them. */
  static HeldBlocks take(PackedData data) {
    List<Block> train = collected(data.train());
    train.forEach(data.checksums()::requireTrain);
    List<Block> validation =
        data.validationBlocks() == 0 ? List.of() : collected(data.validation());
    validation.forEach(data.checksums()::requireValidation);
    List<Block> test = data.testBlocks() == 0 ? List.of() : collected(data.test());
    test.forEach(data.checksums()::requireTest);
    data.train().unpersist(false);
    data.validation().unpersist(false);
    return new HeldBlocks(train, validation, test);
  }

  private static List<Block> collected(JavaRDD<Block> blocks) {
    return DataProblem.surfacing(blocks::collect);
  }
}
