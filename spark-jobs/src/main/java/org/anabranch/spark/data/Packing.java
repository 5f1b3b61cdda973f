package org.anabranch.spark.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.anabranch.train.Block;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** The steps from files to blocks. */
final class Packing {
  /** Fewer samples are not worth a range, that is a task, of their own. */
  private static final long SAMPLES_OF_A_RANGE = 4096;

  private final JavaSparkContext spark;
  private final CsvSource source;
  private final int batchSize;
  private final int partitions;

  Packing(JavaSparkContext spark, CsvSource source, int batchSize, int partitions) {
    if (batchSize < source.blockSize() || batchSize % source.blockSize() != 0) {
      throw new IllegalArgumentException(
          "Packing: batch size is %d; it must be a multiple of the block size, %d. Use %d."
              .formatted(
                  batchSize,
                  source.blockSize(),
                  source.blockSize() * Math.max(1, batchSize / source.blockSize())));
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "Packing: partitions is %d. Use at least 1.".formatted(partitions));
    }
    this.spark = spark;
    this.source = source;
    this.batchSize = batchSize;
    this.partitions = partitions;
  }

  PackedData run() {
    CsvFiles input = CsvFiles.find(source.path(), spark.hadoopConfiguration());
    int columns = new FirstRecord(source, input, spark.hadoopConfiguration()).columns();
    JavaRDD<Parsed> parsed = parse(input, columns).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      SplitReport report = survey(parsed);
      new Admission(source).check(report);
      SampleOrder order = order(parsed, report);
      return pack(parsed, order, columns - 1, report);
    } finally {
      parsed.unpersist(false);
    }
  }

  private JavaRDD<Parsed> parse(CsvFiles input, int columns) {
    JavaNewHadoopRDD<LongWritable, Text> lines = lines();
    LineNumbers numbers = LineNumbers.count(lines, input.files().size());
    RecordParser parser = new RecordParser(source, columns);
    SplitReader reader = new SplitReader(input.root(), numbers, parser, source.header());
    return lines.mapPartitionsWithInputSplit(reader, true);
  }

  private JavaNewHadoopRDD<LongWritable, Text> lines() {
    try {
      Job job = Job.getInstance(spark.hadoopConfiguration());
      FileInputFormat.setInputDirRecursive(job, true);
      FileInputFormat.setInputPaths(job, new Path(source.path()));
      // The declared type is the pair RDD's; the object is documented to be this one.
      return (JavaNewHadoopRDD<LongWritable, Text>)
          spark.newAPIHadoopRDD(
              job.getConfiguration(), TextInputFormat.class, LongWritable.class, Text.class);
    } catch (IOException e) {
      throw new DataProblem(
          "%s: cannot be read (%s). Check data.path."
              .formatted(source.path(), CsvFiles.firstLine(e)),
          e);
    }
  }

  private static SplitReport survey(JavaRDD<Parsed> parsed) {
    return DataProblem.surfacing(
        () -> parsed.mapPartitions(Packing::reports).reduce(SplitReport::plus));
  }

  private static Iterator<SplitReport> reports(Iterator<Parsed> split) {
    while (split.hasNext()) {
      if (split.next() instanceof SplitReport report) {
        return List.of(report).iterator();
      }
    }
    throw new AssertionError("SplitReader ends every split with a report.");
  }

  private SampleOrder order(JavaRDD<Parsed> parsed, SplitReport report) {
    long wanted = Math.max(1, report.samples() / SAMPLES_OF_A_RANGE);
    int ranges = (int) Math.min(wanted, Math.max(partitions, parsed.getNumPartitions()));
    SplitBand band = SplitBand.of(source, report);
    Census census = census(parsed, band, ranges);
    while (!census.hits()) {
      band = band.wider();
      census = census(parsed, band, ranges);
    }
    return census.order();
  }

  private Census census(JavaRDD<Parsed> parsed, SplitBand band, int ranges) {
    long seed = source.blockSeed();
    return DataProblem.surfacing(
        () ->
            parsed
                .mapPartitions(
                    split -> List.of(new Census(band, seed, ranges).count(split)).iterator())
                .reduce(Census::plus));
  }

  private PackedData pack(
      JavaRDD<Parsed> parsed, SampleOrder order, int width, SplitReport report) {
    int trainBlocks = blocks(order.trainSamples());
    int testBlocks = blocks(order.testSamples());
    int strata = Math.min(batchSize / source.blockSize(), trainBlocks);
    BlockPlaces places = new BlockPlaces(partitions, strata, testBlocks);
    JavaRDD<Block> blocks =
        pieces(parsed, order)
            .repartitionAndSortWithinPartitions(places)
            .mapPartitions(new BlockAssembly(source.blockSize(), width, order));
    BlockSet sets = BlockSet.persist(blocks, partitions);
    BlockChecksums checksums = sets.checksums(trainBlocks, testBlocks);
    return new PackedData(
        sets.train(),
        sets.test(),
        trainBlocks,
        testBlocks,
        width,
        order.trainSamples(),
        order.testSamples(),
        Arrays.stream(report.samplesOfClass).boxed().toList(),
        report.bad,
        checksums.fingerprint(),
        strata,
        checksums);
  }

  private JavaPairRDD<Piece.Place, Piece> pieces(JavaRDD<Parsed> parsed, SampleOrder order) {
    int blockSize = source.blockSize();
    long seed = source.blockSeed();
    return JavaPairRDD.fromJavaRDD(
        parsed
            .filter(Sample.class::isInstance)
            .map(Sample.class::cast)
            .mapToPair(sample -> new Tuple2<>(Rank.forBlocks(seed, sample.id), sample))
            .repartitionAndSortWithinPartitions(new RankRanges(order.ranges()))
            .mapPartitionsWithIndex(
                (range, samples) -> new PieceCutter(range, samples, order, blockSize), false));
  }

  private int blocks(long samples) {
    return Math.toIntExact((samples + source.blockSize() - 1) / source.blockSize());
  }
}
