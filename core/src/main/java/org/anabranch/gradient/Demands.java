package org.anabranch.gradient;

/**
 * What is wanted of a solve and its gradient beyond the solution at the end and the cotangents of
 * initial value and parameters.
 *
 * @param context whether cotangents of the field's context are
 * @param times whether those of the start, the end and the points between are
 * @param points the number of points between start and end at which the solution is wanted, the
 *     largest of any sample
 * @param stride 0 for points of each sample's own; else they are those of one grid of all samples,
 *     each where so many steps more end
 */
public record Demands(boolean context, boolean times, int points, int stride) {
  public Demands {
    if (stride > 0 && times) {
      throw new IllegalArgumentException(
          "Demands: points of one grid have no cotangents of times. Demand points of each sample's own.");
    }
    if (points < 0 || stride < 0) {
      throw new IllegalArgumentException(
          "Demands: %d points, stride %d. Use 0 for the end alone.".formatted(points, stride));
    }
  }

  public static Demands none() {
    return new Demands(false, false, 0, 0);
  }

  public Demands withContext() {
    return new Demands(true, times, points, stride);
  }

  public Demands withTimes() {
    return new Demands(context, true, points, stride);
  }

  public Demands withPoints(int count) {
    return new Demands(context, times, count, 0);
  }

  /** The solution is wanted wherever a step of so many ends, on one grid of all samples. */
  public Demands withEveryStep(int steps) {
    return withEvery(1, steps);
  }

  /**
   * The solution is wanted wherever a number of steps more have ended, on one grid of all samples.
   *
   * @param stride the number
   * @param steps of the grid, a multiple of it
   */
  public Demands withEvery(int stride, int steps) {
    if (stride < 1 || steps < 1 || steps % stride != 0) {
      throw new IllegalArgumentException(
          "Demands: the solution after every %d of %d steps. Let the steps be a multiple."
              .formatted(stride, steps));
    }
    return new Demands(context, times, steps / stride - 1, stride);
  }

  /** Whether each sample must have times of its own. */
  boolean ownTimes() {
    return times || (points > 0 && stride == 0);
  }
}
