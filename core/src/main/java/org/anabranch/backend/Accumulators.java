package org.anabranch.backend;

import org.anabranch.graph.ParameterLayout;

/**
 * A gradient that programs add to. Running sums are in working precision; {@link #fold} empties
 * them into float64 totals, and a caller who folds at the same steps gets the same bits.
 */
public interface Accumulators {
  ParameterLayout layout();

  /** Sets sums and totals to zero. */
  void clear();

  /** Adds the running sums to the totals and sets them to zero. */
  void fold();

  /** Folds, then writes the totals to {@code target}. */
  default void total(double[] target) {
    double[] totals = totals();
    System.arraycopy(totals, 0, target, 0, totals.length);
  }

  /**
   * Folds, then gives the totals themselves, in the order of the layout: the caller may write to
   * them, and has them until the next {@link #clear}.
   */
  double[] totals();

  /** The bytes reserved. */
  long bytes();
}
