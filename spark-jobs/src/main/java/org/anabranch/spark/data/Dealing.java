package org.anabranch.spark.data;

import java.util.List;
import org.anabranch.train.Standardisation;

/**
 * How many blocks there are and where they go.
 *
 * @param batchSize a multiple of the block size
 * @param partitions of the blocks of each part
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

  int blocks(SampleOrder order, Part part) {
    return blocks(order.samples(part));
  }

  int strata(SampleOrder order) {
    return Math.min(batchSize / blockSize, blocks(order, Part.TRAIN));
  }

  BlockPlaces places(SampleOrder order) {
    return new BlockPlaces(
        partitions, strata(order), blocks(order, Part.VALIDATION), blocks(order, Part.TEST));
  }

  PackedData packed(
      BlockSet sets,
      int width,
      SampleOrder order,
      SplitReport report,
      List<Long> trainSamplesOfClass,
      BlockChecksums checksums,
      Standardisation standardisation) {
    return new PackedData(
        sets.train(),
        sets.validation(),
        sets.test(),
        blocks(order, Part.TRAIN),
        blocks(order, Part.VALIDATION),
        blocks(order, Part.TEST),
        width,
        order.samples(Part.TRAIN),
        order.samples(Part.VALIDATION),
        order.samples(Part.TEST),
        report.ofClass(),
        trainSamplesOfClass,
        report.bad,
        checksums.fingerprint(),
        strata(order),
        checksums,
        standardisation,
        report.series);
  }
}
