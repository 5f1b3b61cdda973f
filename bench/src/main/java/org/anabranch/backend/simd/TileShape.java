package org.anabranch.backend.simd;

/** The names of tiles: rows, an x, vectors. */
final class TileShape {
  private TileShape() {}

  static int vectors(String shape) {
    return Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
  }
}
