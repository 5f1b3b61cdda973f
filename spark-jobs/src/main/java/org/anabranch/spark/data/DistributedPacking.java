package org.anabranch.spark.data;

import java.io.IOException;
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

/** Reads, sorts and packs on the executors; the driver holds counts and checksums. */
final class DistributedPacking {
  /** Fewer samples are not worth a range, that is a task, of their own. */
  private static final long SAMPLES_OF_A_RANGE = 4096;

  private final JavaSparkContext spark;
  private final CsvSource source;
  private final Dealing dealing;

  DistributedPacking(JavaSparkContext spark, CsvSource source, Dealing dealing) {
    this.spark = spark;
    this.source = source;
    this.dealing = dealing;
  }

  /** Three jobs, and one more if a file has several splits. */
  PackedData pack(CsvFiles input, int columns) {
    JavaRDD<Parsed> parsed = parse(input, columns).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      SplitReport report = survey(parsed);
      new Admission(source).check(report);
      return pack(parsed, order(parsed, report), columns - 1, report);
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
      job.getConfiguration().unset("textinputformat.record.delimiter"); // a record is a line
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
        () -> parsed.mapPartitions(DistributedPacking::reports).reduce(SplitReport::plus));
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
    int ranges = (int) Math.min(wanted, Math.max(dealing.partitions(), parsed.getNumPartitions()));
    SplitBands bands = SplitBands.of(source, report);
    Census census = census(parsed, bands, ranges);
    while (!census.hits()) {
      bands = bands.wider();
      census = census(parsed, bands, ranges);
    }
    return census.order();
  }

  private Census census(JavaRDD<Parsed> parsed, SplitBands bands, int ranges) {
    long seed = source.blockSeed();
    return DataProblem.surfacing(
        () ->
            parsed
                .mapPartitions(
                    split -> List.of(new Census(bands, seed, ranges).count(split)).iterator())
                .reduce(Census::plus));
  }

  private PackedData pack(
      JavaRDD<Parsed> parsed, SampleOrder order, int width, SplitReport report) {
    BlockPlaces places = dealing.places(order);
    JavaRDD<Block> blocks =
        pieces(parsed, order)
            .repartitionAndSortWithinPartitions(places)
            .mapPartitions(new BlockAssembly(dealing.blockSize(), width, order));
    BlockSet sets = BlockSet.persist(blocks, dealing.partitions());
    BlockChecksums checksums =
        sets.checksums(
            dealing.blocks(order, Part.TRAIN),
            dealing.blocks(order, Part.VALIDATION),
            dealing.blocks(order, Part.TEST));
    List<Long> train = SplitBands.of(source, report).train();
    return dealing.packed(sets, width, order, report, train, checksums);
  }

  private JavaPairRDD<Piece.Place, Piece> pieces(JavaRDD<Parsed> parsed, SampleOrder order) {
    int blockSize = dealing.blockSize();
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
}
