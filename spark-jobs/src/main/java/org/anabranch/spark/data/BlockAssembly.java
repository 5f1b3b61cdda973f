package org.anabranch.spark.data;

import java.util.Iterator;
import org.anabranch.train.Block;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/** Puts sorted pieces together: each block once, whole, in ascending order. */
final class BlockAssembly implements FlatMapFunction<Iterator<Tuple2<Piece.Place, Piece>>, Block> {
  private static final long serialVersionUID = 1;

  private final int blockSize;
  private final int width;
  private final SampleOrder order;

  BlockAssembly(int blockSize, int width, SampleOrder order) {
    this.blockSize = blockSize;
    this.width = width;
    this.order = order;
  }

  @Override
  public Iterator<Block> call(Iterator<Tuple2<Piece.Place, Piece>> pieces) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pieces.hasNext();
      }

      @Override
      public Block next() {
        return assemble(pieces);
      }
    };
  }

  private Block assemble(Iterator<Tuple2<Piece.Place, Piece>> pieces) {
    Tuple2<Piece.Place, Piece> first = pieces.next();
    Piece.Place block = first._1();
    int rows = rows(block);
    long[] ids = new long[rows];
    float[] features = new float[rows * width];
    float[] labels = new float[rows];
    int filled = 0;
    for (Tuple2<Piece.Place, Piece> next = first; ; next = pieces.next()) {
      Piece.Place place = next._1();
      Piece piece = next._2();
      boolean fits = place.block() == block.block() && place.part() == block.part();
      if (!fits || place.row() != filled || filled + piece.rows() > rows) {
        throw DataProblem.inputChanged("the rows of block %d do not fit".formatted(block.block()));
      }
      System.arraycopy(piece.ids, 0, ids, filled, piece.rows());
      System.arraycopy(piece.labels, 0, labels, filled, piece.rows());
      System.arraycopy(piece.features, 0, features, filled * width, piece.features.length);
      filled += piece.rows();
      if (filled == rows) {
        return Block.of(block.block(), blockSize, width, ids, features, labels);
      }
      if (!pieces.hasNext()) {
        throw DataProblem.inputChanged("rows of block %d are gone".formatted(block.block()));
      }
    }
  }

  private int rows(Piece.Place block) {
    long left = order.samples(block.part()) - (long) block.block() * blockSize;
    if (left <= 0) {
      throw DataProblem.inputChanged("there is a new block, %d".formatted(block.block()));
    }
    return (int) Math.min(blockSize, left);
  }
}
