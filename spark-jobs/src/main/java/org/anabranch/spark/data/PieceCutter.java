package org.anabranch.spark.data;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Cuts the sorted samples of one range of ranks into pieces of blocks. Holds a piece of each part
 * at most.
 */
final class PieceCutter implements Iterator<Tuple2<Piece.Place, Piece>> {
  private final Iterator<Tuple2<Rank, Sample>> samples;
  private final SampleOrder order;
  private final Map<Part, PieceBuilder> parts = new EnumMap<>(Part.class);
  private final Queue<Tuple2<Piece.Place, Piece>> ready = new ArrayDeque<>();
  private @Nullable Rank last;

  PieceCutter(int range, Iterator<Tuple2<Rank, Sample>> samples, SampleOrder order, int blockSize) {
    this.samples = samples;
    this.order = order;
    for (Part part : Part.values()) {
      parts.put(part, new PieceBuilder(part, blockSize, order.before(part).get(range)));
    }
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && samples.hasNext()) {
      Tuple2<Rank, Sample> next = samples.next();
      requireNew(next._1());
      Sample sample = next._2();
      offer(of(order.split().part(sample)).add(sample));
      if (!samples.hasNext()) {
        parts.values().forEach(builder -> offer(builder.take()));
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public Tuple2<Piece.Place, Piece> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private PieceBuilder of(Part part) {
    return Objects.requireNonNull(parts.get(part));
  }

  private void offer(@Nullable Tuple2<Piece.Place, Piece> piece) {
    if (piece != null) {
      ready.add(piece);
    }
  }

  // Equal identities have equal ranks, so they are neighbours.
  private void requireNew(Rank rank) {
    if (rank.equals(last)) {
      throw new DataProblem(
          "Two records have the same identity, %016x, a hash of file and line.".formatted(rank.id())
              + " Rename a file, so that its records get other identities.");
    }
    last = rank;
  }
}
