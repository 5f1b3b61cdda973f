package org.anabranch.gradient;

/**
 * What is wanted of a solve and its gradient beyond the solution at the end and the cotangents of
 * initial value and parameters.
 *
 * @param context whether cotangents of the field's context are
 * @param times whether those of the start, the end and the points between are
 * @param points the number of points between start and end at which the solution is wanted, the
 *     largest of any sample
 * @param shared whether they are those of one grid of all samples, each where a step ends
 */
public record Demands(boolean context, boolean times, int points, boolean shared) {
  public Demands {
    if (shared && times) {
      throw new IllegalArgumentException(
          "Demands: points of one grid have no cotangents of times. Demand points of each sample's own.");
    }
    if (points < 0) {
      throw new IllegalArgumentException(
          "Demands: %d points. Use 0 for the end alone.".formatted(points));
    }
  }

  public static Demands none() {
    return new Demands(false, false, 0, false);
  }

  public Demands withContext() {
    return new Demands(true, times, points, shared);
  }

  public Demands withTimes() {
    return new Demands(context, true, points, shared);
  }

  public Demands withPoints(int count) {
    return new Demands(context, times, count, false);
  }

  /** The solution is wanted wherever a step of so many ends, on one grid of all samples. */
  public Demands withEveryStep(int steps) {
    return new Demands(context, times, steps - 1, true);
  }

  /** Whether each sample must have times of its own. */
  boolean ownTimes() {
    return times || (points > 0 && !shared);
  }
}
