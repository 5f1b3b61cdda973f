package org.anabranch.graph;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The extents of a value: none for a scalar, one for a vector, two (rows, columns) for a matrix.
 * The sample dimension is no part of it: see {@link Extent}.
 *
 * @param extents each at least 1
 */
public record Shape(List<Integer> extents) {
  private static final Shape SCALAR = new Shape(List.of());

  public Shape {
    extents = List.copyOf(extents);
    for (int extent : extents) {
      if (extent < 1) {
        throw new IllegalArgumentException(
            "Shape: an extent is %d in %s. Every extent must be at least 1."
                .formatted(extent, extents));
      }
    }
  }

  public static Shape scalar() {
    return SCALAR;
  }

  public static Shape vector(int size) {
    return new Shape(List.of(size));
  }

  public static Shape matrix(int rows, int columns) {
    return new Shape(List.of(rows, columns));
  }

  /** The number of components: 1 for a scalar. */
  public int size() {
    int size = 1;
    for (int extent : extents) {
      size = Math.multiplyExact(size, extent);
    }
    return size;
  }

  public int rank() {
    return extents.size();
  }

  public boolean isScalar() {
    return extents.isEmpty();
  }

  /** The first extent of a matrix. */
  public int rows() {
    return extents.get(0);
  }

  /** The second extent of a matrix. */
  public int columns() {
    return extents.get(1);
  }

  @Override
  public String toString() {
    return extents.stream().map(String::valueOf).collect(Collectors.joining("x", "[", "]"));
  }
}
