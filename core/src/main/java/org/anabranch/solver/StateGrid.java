package org.anabranch.solver;

import org.anabranch.graph.Value;

/**
 * The float64 grid of states that are restored to the last bit: multiples of 2⁻³⁰. Increments are
 * rounded to it once before they are added, so that sums are exact and subtracting undoes them.
 */
final class StateGrid {
  /** Finer than float32 on values above 2⁻⁷, range 2²¹. */
  private static final int EXPONENT = -30;

  private StateGrid() {}

  /** The nearest point of the grid, in float64. */
  static Value round(Value x) {
    return x.widened().roundedToGrid(EXPONENT);
  }

  /** Below this magnitude sums of points of the grid are exact. */
  static double range() {
    return Math.scalb(1.0, 51 + EXPONENT);
  }
}
