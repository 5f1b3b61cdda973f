package org.anabranch.model.paths;

import org.anabranch.solver.TimeGrid;

/** The times of a solve's grid at which paths have values: equal numbers of steps apart. */
public final class GridKnots {
  private GridKnots() {}

  /**
   * The times, to the bit those that the solve lands on.
   *
   * @param count of values, start and end included
   * @throws IllegalArgumentException if the steps are no multiple of the intervals
   */
  public static double[] times(TimeGrid grid, int count) {
    if (count < 2 || grid.steps() % (count - 1) != 0) {
      throw new IllegalArgumentException(
          "Paths: %d steps for %d values. Take the same number of steps between any two values."
              .formatted(grid.steps(), count));
    }
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = grid.time(i * (grid.steps() / (count - 1)));
    }
    return times;
  }
}
