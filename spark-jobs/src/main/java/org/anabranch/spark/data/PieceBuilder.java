package org.anabranch.spark.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Collects the samples of one part, in their order, until a block is full. */
final class PieceBuilder {
  private final Part part;
  private final int blockSize;
  private final List<Sample> rows = new ArrayList<>();
  private long nextPlace;

  /** The first sample takes the place {@code firstPlace} in the order of its part. */
  PieceBuilder(Part part, int blockSize, long firstPlace) {
    this.part = part;
    this.blockSize = blockSize;
    this.nextPlace = firstPlace;
  }

  /** Adds a sample; a piece if it was the last row of its block. */
  @Nullable Tuple2<Piece.Place, Piece> add(Sample sample) {
    rows.add(sample);
    nextPlace++;
    return nextPlace % blockSize == 0 ? take() : null;
  }

  /** What is left, or null. */
  @Nullable Tuple2<Piece.Place, Piece> take() {
    if (rows.isEmpty()) {
      return null;
    }
    long first = nextPlace - rows.size();
    Piece.Place place =
        new Piece.Place(
            part, Math.toIntExact(first / blockSize), Math.toIntExact(first % blockSize));
    Piece piece = piece();
    rows.clear();
    return new Tuple2<>(place, piece);
  }

  private Piece piece() {
    int width = rows.get(0).features.length;
    long[] ids = new long[rows.size()];
    float[] features = new float[rows.size() * width];
    float[] labels = new float[rows.size()];
    for (int row = 0; row < ids.length; row++) {
      Sample sample = rows.get(row);
      ids[row] = sample.id;
      labels[row] = sample.label;
      System.arraycopy(sample.features, 0, features, row * width, width);
    }
    return new Piece(ids, features, labels);
  }
}
