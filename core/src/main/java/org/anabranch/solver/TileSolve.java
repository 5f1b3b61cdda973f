package org.anabranch.solver;

import org.anabranch.backend.Buffer;

/** A solve of a tile of samples, on steps of whichever kind. */
public sealed interface TileSolve permits ForwardSolve, AdaptiveSolve {
  Method method();

  /** Where the initial value goes before the solve: [rows × dim]. */
  Buffer initialValue();

  /** The solution at the end after the solve: [rows × dim]. */
  Buffer solution();

  /** The method's state at the end. */
  State state();

  /**
   * The detector of instability at the end, a number for each sample; zeros for a method that has
   * none.
   */
  void defect(double[] target);

  /** How a sample's steps ended, its numbers not looked at: see {@link Outcomes}. */
  Outcome stepping(int row);

  /** The bytes reserved for programs and states. */
  long bytes();
}
