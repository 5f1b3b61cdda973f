package org.anabranch.spark.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Map<Part, List<Block>> blocks = new EnumMap<>(Part.class);

  private DriverPacking(PackingRules rules, int width, SplitReport report, List<Sample> samples) {
    this.rules = rules;
    this.width = width;
    this.report = report;
    this.order = order(samples);
    this.fitted = standardisation(samples);
    List<Tuple2<Piece.Place, Piece>> pieces = pieces(samples);
    for (Part part : Part.values()) {
      blocks.put(part, assembled(pieces, part));
    }
  }

  /** Checks and packs. */
  static DriverPacking of(Source source, int width, DriverSamples read) {
    new Admission(source).check(read.report());
    return new DriverPacking(source.rules(), width, read.report(), read.samples());
  }

  List<Block> blocks(Part part) {
    return List.copyOf(Objects.requireNonNull(blocks.get(part)));
  }

  /** Sends the blocks to their partitions. */
  PackedData deal(JavaSparkContext spark, Dealing dealing) {
    BlockPlaces places = dealing.places(order);
    List<List<Block>> shelves = new ArrayList<>();
    for (int partition = 0; partition < places.numPartitions(); partition++) {
      shelves.add(new ArrayList<>());
    }
    blocks.forEach(
        (part, ofPart) ->
            ofPart.forEach(block -> shelves.get(places.of(part, block.number())).add(block)));
    Broadcast<List<List<Block>>> sent = spark.broadcast(shelves);
    int third = dealing.partitions();
    BlockSet sets =
        new BlockSet(
            taken(spark, sent, Part.TRAIN, third),
            taken(spark, sent, Part.VALIDATION, third),
            taken(spark, sent, Part.TEST, third));
    BlockChecksums checksums =
        new BlockChecksums(checksums(Part.TRAIN), checksums(Part.VALIDATION), checksums(Part.TEST));
    List<Long> train = report.trainOfClass(rules);
    return dealing.packed(sets, width, order, report, train, checksums, fitted);
  }

  private SampleOrder order(List<Sample> samples) {
    SplitBands bands = SplitBands.of(rules, report);
    while (true) {
      Census census = new Census(bands, rules.blockSeed(), 1).count(samples.iterator());
      if (census.hits()) {
        return census.order();
      }
      bands = bands.wider();
    }
  }

  private Standardisation standardisation(List<Sample> samples) {
    if (!rules.standardise()) {
      return Standardisation.none();
    }
    FeatureSums sums = new FeatureSums(width);
    samples.stream()
        .filter(sample -> order.split().part(sample) == Part.TRAIN)
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

  private List<Block> assembled(List<Tuple2<Piece.Place, Piece>> pieces, Part part) {
    Iterator<Tuple2<Piece.Place, Piece>> ofPart =
        pieces.stream().filter(piece -> piece._1().part() == part).iterator();
    List<Block> whole = new ArrayList<>();
    new BlockAssembly(rules.blockSize(), width, order).call(ofPart).forEachRemaining(whole::add);
    return whole;
  }

  private int[] checksums(Part part) {
    return Objects.requireNonNull(blocks.get(part)).stream().mapToInt(Block::checksum).toArray();
  }

  private static JavaRDD<Block> taken(
      JavaSparkContext spark, Broadcast<List<List<Block>>> shelves, Part part, int count) {
    int first = part.index() * count;
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
