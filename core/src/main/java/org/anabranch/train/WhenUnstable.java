package org.anabranch.train;

/**
 * What becomes of a run whose solver no longer follows its field ({@link
 * org.anabranch.solver.Outcome#UNSTABLE}): the numbers are finite and the gradient is exact, but of
 * a solution that is not the equation's.
 */
public enum WhenUnstable {
  /** The user is told, once. */
  WARN,
  /** The run ends with a {@link Diverged}, before the round changes the parameters. */
  STOP,
  /** The round is computed again, and the run goes on, with a method that is stable. */
  SWITCH
}
