package org.anabranch.spark.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Map<Part, List<Block>> blocks = new EnumMap<>(Part.class);

  private DriverPacking(CsvSource source, int width, SplitReport report, List<Sample> samples) {
    this.source = source;
    this.width = width;
    this.report = report;
    this.order = order(samples);
    List<Tuple2<Piece.Place, Piece>> pieces = pieces(samples);
    for (Part part : Part.values()) {
      blocks.put(part, assembled(pieces, part));
    }
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
    List<Long> train = SplitBands.of(source, report).train();
    return dealing.packed(sets, width, order, report, train, checksums);
  }

  private SampleOrder order(List<Sample> samples) {
    SplitBands bands = SplitBands.of(source, report);
    while (true) {
      Census census = new Census(bands, source.blockSeed(), 1).count(samples.iterator());
      if (census.hits()) {
        return census.order();
      }
      bands = bands.wider();
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

  private List<Block> assembled(List<Tuple2<Piece.Place, Piece>> pieces, Part part) {
    Iterator<Tuple2<Piece.Place, Piece>> ofPart =
        pieces.stream().filter(piece -> piece._1().part() == part).iterator();
    List<Block> whole = new ArrayList<>();
    new BlockAssembly(source.blockSize(), width, order).call(ofPart).forEachRemaining(whole::add);
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
