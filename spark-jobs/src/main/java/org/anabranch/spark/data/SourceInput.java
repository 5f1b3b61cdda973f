package org.anabranch.spark.data;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A source that was found and looked at. Needs no Spark, so it can be opened before Spark starts,
 * or while it does: a missing file is then named at once.
 */
public final class CsvInput {
  /**
   * Up to so many bytes are read and packed on the driver. From a cold start the digits are ready
   * after a third of a second, where three jobs with two shuffles take more than one, mostly to
   * load classes; a driver reads some 10 MB a second.
   */
  static final long SMALL_BYTES = 1 << 22;

  private final CsvSource source;
  private final CsvFiles files;
  private final int columns;
  private final @Nullable DriverPacking little;

  private CsvInput(CsvSource source, CsvFiles files, int columns, @Nullable DriverPacking little) {
    this.source = source;
    this.files = files;
    this.columns = columns;
    this.little = little;
  }

  /**
   * Finds the files and reads the first record, or little data as a whole.
   *
   * @param configuration Hadoop's, of the file systems
   * @throws DataProblem if the data cannot be used, as far as can be told
   */
  public static CsvInput open(CsvSource source, Configuration configuration) {
    return open(source, configuration, SMALL_BYTES);
  }

  /** Counts up to {@code smallBytes} as little. */
  static CsvInput open(CsvSource source, Configuration configuration, long smallBytes) {
    CsvFiles files = CsvFiles.find(source.path(), configuration);
    int columns = new FirstRecord(source, files, configuration).columns();
    boolean isLittle =
        files.bytes() <= smallBytes && files.files().size() <= DriverPacking.MOST_FILES;
    return new CsvInput(
        source,
        files,
        columns,
        isLittle ? DriverPacking.of(source, files, columns, configuration) : null);
  }

  /** Features of a sample. */
  public int width() {
    return columns - 1;
  }

  /**
   * Reads, checks, splits and packs what is not packed yet. For little data no job runs. For others
   * three do, and one more if a file has several input splits; the driver then holds counts and
   * checksums, never samples.
   *
   * @param batchSize samples of a mini-batch, a multiple of the block size
   * @param partitions of the training blocks and of the test blocks
   * @throws DataProblem if the data cannot be used
   * @throws IllegalArgumentException if the batch size is no multiple of the block size
   */
  public PackedData pack(JavaSparkContext spark, int batchSize, int partitions) {
    Dealing dealing = new Dealing(source.blockSize(), batchSize, partitions);
    return little != null
        ? little.deal(spark, dealing)
        : new DistributedPacking(spark, source, dealing).pack(files, columns);
  }
}
