package org.anabranch.spark.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.anabranch.train.Block;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Little data, packed on the driver without a job, by the steps that executors take. The blocks
 * travel as a broadcast: a lost one comes from there again.
 */
final class DriverPacking {
  /** Opening a file of an object store can take 50 ms. */
  static final int MOST_FILES = 16;

  private final CsvSource source;
  private final int width;
  private final SplitReport report;
  private final SampleOrder order;
  private final List<Block> train;
  private final List<Block> test;

  private DriverPacking(CsvSource source, int width, SplitReport report, List<Sample> samples) {
    this.source = source;
    this.width = width;
    this.report = report;
    this.order = order(samples);
    List<Tuple2<Piece.Place, Piece>> pieces = pieces(samples);
    this.train = blocks(pieces, false);
    this.test = blocks(pieces, true);
  }

  /** Reads and packs; null if unpacking the files gives more text than a driver should hold. */
  static @Nullable DriverPacking of(
      CsvSource source, CsvFiles files, int columns, Configuration configuration) {
    DriverReader reader = new DriverReader(source, columns, configuration);
    List<Sample> samples = reader.read(files);
    if (samples == null) {
      return null;
    }
    new Admission(source).check(reader.report());
    return new DriverPacking(source, columns - 1, reader.report(), samples);
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
    return dealing.packed(sets, width, order, report, checksums);
  }

  private SampleOrder order(List<Sample> samples) {
    SplitBand band = SplitBand.of(source, report);
    while (true) {
      Census census = new Census(band, source.blockSeed(), 1).count(samples.iterator());
      if (census.hits()) {
        return census.order();
      }
      band = band.wider();
    }
  }

  private List<Tuple2<Piece.Place, Piece>> pieces(List<Sample> samples) {
    List<Tuple2<Rank, Sample>> ranked = new ArrayList<>(samples.size());
    for (Sample sample : samples) {
      ranked.add(new Tuple2<>(Rank.forBlocks(source.blockSeed(), sample.id), sample));
    }
    ranked.sort(Comparator.comparing(Tuple2::_1));
    List<Tuple2<Piece.Place, Piece>> pieces = new ArrayList<>();
    new PieceCutter(0, ranked.iterator(), order, source.blockSize()).forEachRemaining(pieces::add);
    return pieces;
  }

  private List<Block> blocks(List<Tuple2<Piece.Place, Piece>> pieces, boolean test) {
    Iterator<Tuple2<Piece.Place, Piece>> ofKind =
        pieces.stream().filter(piece -> piece._1().test() == test).iterator();
    List<Block> blocks = new ArrayList<>();
    new BlockAssembly(source.blockSize(), width, order).call(ofKind).forEachRemaining(blocks::add);
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
