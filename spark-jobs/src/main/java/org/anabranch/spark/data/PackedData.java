package org.anabranch.spark.data;

import java.util.List;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.train.Block;
import org.anabranch.train.Standardisation;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Samples as blocks, ready for rounds. Which sample is in which block, and in which row, depends on
 * the input and the seeds alone, never on partitioning.
 *
 * @param train the training blocks, persisted or cheap to take again; every partition holds whole
 *     strata (stratum = block modulo {@code strata}), so any may be empty
 * @param validation the validation blocks, likewise
 * @param test the test blocks, likewise
 * @param width features of a sample
 * @param samplesOfClass training, validation and test samples together; those that were declared to
 *     be test samples are not counted
 * @param bad the records that were left out
 * @param fingerprint SHA-256 in hexadecimal over the checksums of all blocks
 * @param strata as many as a mini-batch has blocks, or as there are blocks if that is fewer
 * @param standardisation what was done to features, if anything
 * @param series what was met while series were read
 */
public record PackedData(
    JavaRDD<Block> train,
    JavaRDD<Block> validation,
    JavaRDD<Block> test,
    int trainBlocks,
    int validationBlocks,
    int testBlocks,
    int width,
    long trainSamples,
    long validationSamples,
    long testSamples,
    List<Long> samplesOfClass,
    List<Long> trainSamplesOfClass,
    BadRecords bad,
    String fingerprint,
    int strata,
    BlockChecksums checksums,
    Standardisation standardisation,
    SeriesTally series)
    implements AutoCloseable {
  public PackedData {
    samplesOfClass = List.copyOf(samplesOfClass);
    trainSamplesOfClass = List.copyOf(trainSamplesOfClass);
  }

  /** Opens the source and packs it: see {@link SourceInput}. */
  public static PackedData pack(
      JavaSparkContext spark, Source source, int batchSize, int partitions) {
    return SourceInput.open(source, spark.hadoopConfiguration()).pack(spark, batchSize, partitions);
  }

  /**
   * The partition of {@link #train} that holds a block.
   *
   * @throws IllegalArgumentException if there is no such training block
   */
  public int partitionOf(int block) {
    if (block < 0 || block >= trainBlocks) {
      throw new IllegalArgumentException(
          "PackedData: there is no training block %d. Name one of 0 to %d."
              .formatted(block, trainBlocks - 1));
    }
    return BlockPlaces.share(block % strata, strata, train.getNumPartitions());
  }

  /** Mean and deviation of every covariate over the training samples. One job. */
  public ChannelScales covariateScales(SeriesForm form) {
    int covariates = form.covariates().size();
    return covariates == 0
        ? ChannelScales.none(0)
        : new ChannelFit(form.values(), 1, covariates).of(train);
  }

  /**
   * Mean and deviation of every channel of series, over the training samples: of the values at the
   * first time, or at all times, that are not missing. Exact, hence the same for every number of
   * partitions. One job.
   */
  public ChannelScales channelScales(SeriesForm form, boolean firstTimeOnly) {
    int times = firstTimeOnly ? 1 : form.length();
    return new ChannelFit(0, times, form.channels().size()).of(train);
  }

  public int classes() {
    return samplesOfClass.size();
  }

  /**
   * Gives the memory back, and waits for it: Spark prints a stack trace now and then if it stops
   * while it still removes blocks.
   */
  @Override
  public void close() {
    train.unpersist(true);
    validation.unpersist(true);
    test.unpersist(true);
  }
}
