package org.anabranch.graph;

/** In which arithmetic a backend keeps a value. */
public enum Precision {
  /** The backend's own: float32 or float64 for {@code backend.simd}, float64 for the reference. */
  WORKING,
  /**
   * Always float64: times, step sizes, and the states that a reversible method restores exactly.
   */
  WIDE
}
