package org.anabranch.check;

import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;

/**
 * What one method costs for the error that it leaves.
 *
 * @param method with the damping or coupling that it was solved by
 * @param stepping equal steps or a tolerance
 * @param configured whether it is what the configuration has
 * @param error of the solution at the end: the root of the mean square of its differences from a
 *     tight solve, by that of the solution; NaN if a sample was not solved, or the tight solve
 * @param evaluations of the field, the mean of the samples
 * @param steps accepted, the mean of the samples
 * @param milliseconds of a solve of all samples, the fastest of several
 * @param note why it did not solve all samples; empty where it did
 */
public record WorkRow(
    Method method,
    Stepping stepping,
    boolean configured,
    double error,
    double evaluations,
    double steps,
    double milliseconds,
    String note) {
  /** The method's name. */
  public String name() {
    return method.name();
  }

  public boolean isSolved() {
    return note.isEmpty();
  }

  /** Whether its error is known. */
  public boolean hasError() {
    return Double.isFinite(error);
  }

  /** Whether it is by a method of the same steps. */
  public boolean isBy(Method other) {
    return areAlike(method, other);
  }

  /** Whether methods step alike: only one that can be undone has more to it than its name. */
  static boolean areAlike(Method one, Method other) {
    return one.equals(other)
        || (one.name().equals(other.name()) && !(one instanceof ReversibleMethod));
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
