package org.anabranch.spark.data;

import java.util.Arrays;
import org.anabranch.train.Standardisation;

/**
 * How many blocks there are and where they go.
 *
 * @param batchSize a multiple of the block size
 * @param partitions of the training blocks and of the test blocks
 */
record Dealing(int blockSize, int batchSize, int partitions) {
  Dealing {
    if (batchSize < blockSize || batchSize % blockSize != 0) {
      throw new IllegalArgumentException(
          "Packing: batch size is %d; it must be a multiple of the block size, %d. Use %d."
              .formatted(batchSize, blockSize, blockSize * Math.max(1, batchSize / blockSize)));
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "Packing: partitions is %d. Use at least 1.".formatted(partitions));
    }
  }

  int blocks(long samples) {
    return Math.toIntExact((samples + blockSize - 1) / blockSize);
  }

  int strata(SampleOrder order) {
    return Math.min(batchSize / blockSize, blocks(order.trainSamples()));
  }

  BlockPlaces places(SampleOrder order) {
    return new BlockPlaces(partitions, strata(order), blocks(order.testSamples()));
  }

  PackedData packed(
      BlockSet sets,
      int width,
      SampleOrder order,
      SplitReport report,
      BlockChecksums checksums,
      Standardisation standardisation) {
    return new PackedData(
        sets.train(),
        sets.test(),
        blocks(order.trainSamples()),
        blocks(order.testSamples()),
        width,
        order.trainSamples(),
        order.testSamples(),
        Arrays.stream(report.samplesOfClass).boxed().toList(),
        report.bad,
        checksums.fingerprint(),
        strata(order),
        checksums,
        standardisation);
  }
}
