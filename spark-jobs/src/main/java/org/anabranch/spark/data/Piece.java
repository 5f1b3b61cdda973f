package org.anabranch.spark.data;

import java.io.Serializable;

/**
 * Neighbouring rows of one block. Whole blocks, but for those that straddle two ranges of ranks.
 */
final class Piece implements Serializable {
  private static final long serialVersionUID = 1;

  /** Of which part and block, and from which of its rows on. */
  record Place(Part part, int block, int row) implements Comparable<Place>, Serializable {
    @Override
    public int compareTo(Place other) {
      int byPart = part.compareTo(other.part);
      int byBlock = byPart != 0 ? byPart : Integer.compare(block, other.block);
      return byBlock != 0 ? byBlock : Integer.compare(row, other.row);
    }
  }

  final long[] ids;
  final float[] features;
  final float[] labels;

  Piece(long[] ids, float[] features, float[] labels) {
    this.ids = ids;
    this.features = features;
    this.labels = labels;
  }

  int rows() {
    return ids.length;
  }
}
