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
}
