package org.anabranch.backend.simd;

import org.anabranch.graph.Type;

/**
 * In what a {@link SimdBackend} keeps values of working precision; wide ones are float64 always.
 */
public enum WorkingPrecision {
  FLOAT32,
  FLOAT64;

  /** Whether values of the type are stored as {@code double}. */
  boolean isDouble(Type type) {
    return this == FLOAT64 || type.isWide();
  }

  /** A place of its own for a value of every row. */
  Place allocate(Type type, int rows) {
    return allocateCells(type, Layout.length(type, rows));
  }

  /** A place of its own with so many cells, in an order of the caller's. */
  Place allocateCells(Type type, int length) {
    return isDouble(type)
        ? Place.of(type, new double[length], 0)
        : Place.of(type, new float[length], 0);
  }
}
