package org.anabranch.spark.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.anabranch.train.Block;
import org.anabranch.train.Standardisation;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Little data, packed on the driver without a job, by the steps that executors take. The blocks
 * travel as a broadcast: a lost one comes from there again.
 */
final class DriverPacking {
  /** Opening a file of an object store can take 50 ms. */
  static final int MOST_FILES = 16;

  private final PackingRules rules;
  private final int width;
  private final SplitReport report;
  private final SampleOrder order;
  private final Standardisation fitted;
  private final List<Block> train;
  private final List<Block> test;

  private DriverPacking(PackingRules rules, int width, SplitReport report, List<Sample> samples) {
    this.rules = rules;
    this.width = width;
    this.report = report;
    this.order = order(samples);
    this.fitted = standardisation(samples);
    List<Tuple2<Piece.Place, Piece>> pieces = pieces(samples);
    this.train = blocks(pieces, false);
    this.test = blocks(pieces, true);
  }

  /** Checks and packs. */
  static DriverPacking of(Source source, int width, DriverSamples read) {
    new Admission(source).check(read.report());
    return new DriverPacking(source.rules(), width, read.report(), read.samples());
  }

  /** Sends the blocks to their partitions. */
  PackedData deal(JavaSparkContext spark, Dealing dealing) {
    BlockPlaces places = dealing.places(order);
    List<List<Block>> shelves = new ArrayList<>();
    for (int partition = 0; partition < places.numPartitions(); partition++) {
      shelves.add(new ArrayList<>());
    }
    train.forEach(block -> shelves.get(places.of(false, block.number())).add(block));
    test.forEach(block -> shelves.get(places.of(true, block.number())).add(block));
    Broadcast<List<List<Block>>> sent = spark.broadcast(shelves);
    int half = dealing.partitions();
    BlockSet sets = new BlockSet(taken(spark, sent, 0, half), taken(spark, sent, half, half));
    BlockChecksums checksums = new BlockChecksums(checksums(train), checksums(test));
    return dealing.packed(sets, width, order, report, checksums, fitted);
  }

  private SampleOrder order(List<Sample> samples) {
    SplitBand band = SplitBand.of(rules, report);
    while (true) {
      Census census = new Census(band, rules.blockSeed(), 1).count(samples.iterator());
      if (census.hits()) {
        return census.order();
      }
      band = band.wider();
    }
  }

  private Standardisation standardisation(List<Sample> samples) {
    if (!rules.standardise()) {
      return Standardisation.none();
    }
    FeatureSums sums = new FeatureSums(width);
    samples.stream()
        .filter(sample -> !order.split().isTest(sample))
        .forEach(sample -> sums.add(sample.features));
    return sums.standardisation();
  }

  private List<Tuple2<Piece.Place, Piece>> pieces(List<Sample> samples) {
    List<Tuple2<Rank, Sample>> ranked = new ArrayList<>(samples.size());
    for (Sample sample : samples) {
      Rank rank = Rank.forBlocks(rules.blockSeed(), sample.id);
      ranked.add(new Tuple2<>(rank, sample.standardised(fitted)));
    }
    ranked.sort(Comparator.comparing(Tuple2::_1));
    List<Tuple2<Piece.Place, Piece>> pieces = new ArrayList<>();
    new PieceCutter(0, ranked.iterator(), order, rules.blockSize()).forEachRemaining(pieces::add);
    return pieces;
  }

  private List<Block> blocks(List<Tuple2<Piece.Place, Piece>> pieces, boolean test) {
    Iterator<Tuple2<Piece.Place, Piece>> ofKind =
        pieces.stream().filter(piece -> piece._1().test() == test).iterator();
    List<Block> blocks = new ArrayList<>();
    new BlockAssembly(rules.blockSize(), width, order).call(ofKind).forEachRemaining(blocks::add);
    return blocks;
  }

  private static int[] checksums(List<Block> blocks) {
    return blocks.stream().mapToInt(Block::checksum).toArray();
  }

  private static JavaRDD<Block> taken(
      JavaSparkContext spark, Broadcast<List<List<Block>>> shelves, int first, int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = first; number < first + count; number++) {
      numbers.add(number);
    }
    return spark.parallelize(numbers, count).flatMap(new Shelf(shelves));
  }

  private record Shelf(Broadcast<List<List<Block>>> shelves)
      implements FlatMapFunction<Integer, Block> {
    @Override
    public Iterator<Block> call(Integer number) {
      return shelves.value().get(number).iterator();
    }
  }
}
