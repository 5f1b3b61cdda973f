package org.anabranch.spark.data;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Cuts the sorted samples of one range of ranks into pieces of blocks. Holds two pieces at most.
 */
final class PieceCutter implements Iterator<Tuple2<Piece.Place, Piece>> {
  private final Iterator<Tuple2<Rank, Sample>> samples;
  private final SampleOrder order;
  private final PieceBuilder train;
  private final PieceBuilder test;
  private final Queue<Tuple2<Piece.Place, Piece>> ready = new ArrayDeque<>();
  private @Nullable Rank last;

  PieceCutter(int range, Iterator<Tuple2<Rank, Sample>> samples, SampleOrder order, int blockSize) {
    this.samples = samples;
    this.order = order;
    this.train = new PieceBuilder(false, blockSize, order.trainBefore().get(range));
    this.test = new PieceBuilder(true, blockSize, order.testBefore().get(range));
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && samples.hasNext()) {
      Tuple2<Rank, Sample> next = samples.next();
      requireNew(next._1());
      Sample sample = next._2();
      offer((order.split().isTest(sample) ? test : train).add(sample));
      if (!samples.hasNext()) {
        offer(train.take());
        offer(test.take());
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
