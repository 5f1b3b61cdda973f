package org.anabranch.solver;

/**
 * A method whose steps lie around the points of a grid: over N intervals it takes N + 1, and each
 * reads the size and the increments of the interval before its point, as other methods do of
 * theirs, and of the interval after it by these names. Those beyond the ends are 0.
 */
interface PointMethod extends Method {
  /** The size of the interval after the point, as {@code h} is of that before. */
  String NEXT_SIZE = "h.next";

  /** The name of an input of a {@link Drive} for the interval after the point. */
  static String next(String input) {
    return input + ".next";
  }
}
