package org.anabranch.spark.data;

import java.util.Iterator;
import java.util.List;
import org.anabranch.train.Block;
import org.anabranch.train.Standardisation;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Reads, sorts and packs on the executors; the driver holds counts and checksums. */
final class DistributedPacking {
  /** Fewer samples are not worth a range, that is a task, of their own. */
  private static final long SAMPLES_OF_A_RANGE = 4096;

  private final Source source;
  private final Dealing dealing;

  DistributedPacking(Source source, Dealing dealing) {
    this.source = source;
    this.dealing = dealing;
  }

  /** Three jobs. */
  PackedData pack(JavaRDD<Parsed> records, int width) {
    JavaRDD<Parsed> parsed = records.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      SplitReport report = survey(parsed);
      new Admission(source).check(report);
      return pack(parsed, order(parsed, report), width, report);
    } finally {
      parsed.unpersist(false);
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
    throw new AssertionError("Every part of the input ends with a report.");
  }

  private SampleOrder order(JavaRDD<Parsed> parsed, SplitReport report) {
    long wanted = Math.max(1, report.samples() / SAMPLES_OF_A_RANGE);
    int ranges = (int) Math.min(wanted, Math.max(dealing.partitions(), parsed.getNumPartitions()));
    SplitBands bands = SplitBands.of(source.rules(), report);
    Census census = census(parsed, bands, ranges);
    while (!census.hits()) {
      bands = bands.wider();
      census = census(parsed, bands, ranges);
    }
    return census.order();
  }

  private Census census(JavaRDD<Parsed> parsed, SplitBands bands, int ranges) {
    long seed = source.rules().blockSeed();
    return DataProblem.surfacing(
        () ->
            parsed
                .mapPartitions(
                    split -> List.of(new Census(bands, seed, ranges).count(split)).iterator())
                .reduce(Census::plus));
  }

  private PackedData pack(
      JavaRDD<Parsed> parsed, SampleOrder order, int width, SplitReport report) {
    Standardisation fitted = standardisation(parsed, order, width);
    BlockPlaces places = dealing.places(order);
    JavaRDD<Block> blocks =
        pieces(parsed, order, fitted)
            .repartitionAndSortWithinPartitions(places)
            .mapPartitions(new BlockAssembly(dealing.blockSize(), width, order));
    BlockSet sets = BlockSet.persist(blocks, dealing.partitions());
    BlockChecksums checksums =
        sets.checksums(
            dealing.blocks(order, Part.TRAIN),
            dealing.blocks(order, Part.VALIDATION),
            dealing.blocks(order, Part.TEST));
    List<Long> train = report.trainOfClass(source.rules());
    return dealing.packed(sets, width, order, report, train, checksums, fitted);
  }

  /** One job more, where it is wanted. */
  private Standardisation standardisation(JavaRDD<Parsed> parsed, SampleOrder order, int width) {
    if (!source.rules().standardise()) {
      return Standardisation.none();
    }
    TestSplit split = order.split();
    return DataProblem.surfacing(
            () ->
                parsed
                    .mapPartitions(records -> List.of(sums(records, split, width)).iterator())
                    .reduce(FeatureSums::plus))
        .standardisation();
  }

  private static FeatureSums sums(Iterator<Parsed> records, TestSplit split, int width) {
    FeatureSums sums = new FeatureSums(width);
    while (records.hasNext()) {
      if (records.next() instanceof Sample sample && split.part(sample) == Part.TRAIN) {
        sums.add(sample.features);
      }
    }
    return sums;
  }

  private JavaPairRDD<Piece.Place, Piece> pieces(
      JavaRDD<Parsed> parsed, SampleOrder order, Standardisation fitted) {
    int blockSize = dealing.blockSize();
    long seed = source.rules().blockSeed();
    return JavaPairRDD.fromJavaRDD(
        parsed
            .filter(Sample.class::isInstance)
            .map(sample -> ((Sample) sample).standardised(fitted))
            .mapToPair(sample -> new Tuple2<>(Rank.forBlocks(seed, sample.id), sample))
            .repartitionAndSortWithinPartitions(new RankRanges(order.ranges()))
            .mapPartitionsWithIndex(
                (range, samples) -> new PieceCutter(range, samples, order, blockSize), false));
  }
}
