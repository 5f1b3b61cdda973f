package org.anabranch.check;

import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;

/**
 * What one method costs for the error that it leaves.
 *
 * @param method by its name
 * @param stepping equal steps or a tolerance
 * @param configured whether it is what the configuration has
 * @param error of the solution at the end: the root of the mean square of its differences from a
 *     tight solve, by that of the solution; NaN if a sample was not solved
 * @param evaluations of the field, the mean of the samples
 * @param steps accepted, the mean of the samples
 * @param milliseconds of a solve of all samples, the fastest of several
 * @param note why there is no error; empty where there is one
 */
public record WorkRow(
    String method,
    Stepping stepping,
    boolean configured,
    double error,
    double evaluations,
    double steps,
    double milliseconds,
    String note) {
  public boolean isSolved() {
    return Double.isFinite(error);
  }

  /** Whether it comes as near for less, or nearer for as much. */
  boolean beats(WorkRow other) {
    return error <= other.error
        && evaluations <= other.evaluations
        && (error < other.error || evaluations < other.evaluations);
  }

  /** {@code 8 steps}, or {@code rtol 1e-05}. */
  public String size() {
    return stepping instanceof TimeGrid grid
        ? grid.steps() + " steps"
        : "rtol %.0e".formatted(((AdaptiveSpan) stepping).steps().relative());
  }
}
