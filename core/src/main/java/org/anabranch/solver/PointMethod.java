package org.anabranch.solver;

/**
 * A method whose steps lie around the points of a grid: over N intervals it takes N + 1, and each
 * reads the size and the increments of the interval before its point, as other methods do of
 * theirs, and of the interval after it by these names. Those beyond the ends are 0.
 */
interface PointMethod extends Method {
  /** What such names end in. */
  String NEXT = ".next";

  /** The size of the interval after the point, as {@code h} is of that before. */
  String NEXT_SIZE = "h.next";

  /** The name of an input of a {@link Drive} for the interval after the point. */
  static String next(String input) {
    return input + NEXT;
  }

  /** Whether a name is one of the interval after the point. */
  static boolean isNext(String name) {
    return name.endsWith(NEXT);
  }

  /** The input of a name for the interval after the point. */
  static String input(String name) {
    return name.substring(0, name.length() - NEXT.length());
  }
}
