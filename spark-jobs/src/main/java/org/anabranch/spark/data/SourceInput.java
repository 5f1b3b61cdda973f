package org.anabranch.spark.data;

import java.util.List;
import org.anabranch.train.Block;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A source that was found and looked at. Needs no Spark, so it can be opened before Spark starts,
 * or while it does: a missing file is then named at once.
 */
public final class SourceInput {
  /**
   * Up to so many bytes are read and packed on the driver. From a cold start the digits are ready
   * after a third of a second, where three jobs with two shuffles take more than one, mostly to
   * load classes; a driver reads some 10 MB a second.
   */
  static final long SMALL_BYTES = 1 << 22;

  private final Source source;
  private final Records records;
  private final @Nullable DriverPacking little;

  private SourceInput(Source source, Records records, @Nullable DriverPacking little) {
    this.source = source;
    this.records = records;
    this.little = little;
  }

  /**
   * Finds the files and reads the first record, or little data as a whole.
   *
   * @param configuration Hadoop's, of the file systems
   * @throws DataProblem if the data cannot be used, as far as can be told
   */
  public static SourceInput open(Source source, Configuration configuration) {
    return open(source, configuration, SMALL_BYTES);
  }

  /** Counts up to {@code smallBytes} as little. */
  static SourceInput open(Source source, Configuration configuration, long smallBytes) {
    Records records = source.find(configuration);
    DriverSamples samples = records.readIfLittle(smallBytes);
    DriverPacking little =
        samples == null ? null : DriverPacking.of(source, records.width(), samples);
    return new SourceInput(source, records, little);
  }

  /** Features of a sample. */
  public int width() {
    return records.width();
  }

  /**
   * The training blocks of little data, in their order, without Spark.
   *
   * @throws DataProblem if there are too many data for that
   */
  public List<Block> trainingBlocks() {
    if (little == null) {
      throw new DataProblem(
          "%s: more than %d MB, or too many files, to be read by one process. Name fewer."
              .formatted(source.path(), SMALL_BYTES >> 20));
    }
    return little.blocks(Part.TRAIN);
  }

  /**
   * Reads, checks, splits and packs what is not packed yet. For little data no job runs. For others
   * three do, and one more if a text file has several input splits; the driver then holds counts
   * and checksums, never samples.
   *
   * @param batchSize samples of a mini-batch, a multiple of the block size
   * @param partitions of the blocks of each part
   * @throws DataProblem if the data cannot be used
   * @throws IllegalArgumentException if the batch size is no multiple of the block size
   */
  public PackedData pack(JavaSparkContext spark, int batchSize, int partitions) {
    Dealing dealing = new Dealing(source.rules().blockSize(), batchSize, partitions);
    return little != null
        ? little.deal(spark, dealing)
        : new DistributedPacking(source, dealing).pack(records.parse(spark), records.width());
  }
}
