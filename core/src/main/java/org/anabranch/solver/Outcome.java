package org.anabranch.solver;

/** How the solve of one sample ended. The constant carries the sentence that a user reads. */
public enum Outcome {
  COMPLETED("the solve reached the end time"),
  EVENT("a terminal event ended the solve"),
  NOT_FINITE(
      "the state became NaN or infinite; lower the learning rate, take more steps, or bound the"
          + " drift (a final tanh does)"),
  OUT_OF_RANGE(
      "the state left the range in which it can be restored exactly; bound the drift, shorten the"
          + " interval, or set gradient = checkpointed"),
  UNSTABLE(
      "the solver's own velocity no longer follows the drift (|v - f| exceeds half of it): the"
          + " method is unstable on this field at this step size; take more steps, shorten the"
          + " interval, set solver.damping below 1, or use rk4"),
  STEP_LIMIT(
      "the limit of steps was reached before the end time; raise it, loosen the tolerances, or, if"
          + " steps are tiny, take the field for stiff: bound it, or use a method for stiff"
          + " fields"),
  JUMP_LIMIT(
      "jumps at events did not end before the end time: they come ever faster, as those of a ball"
          + " that comes to rest, or the limit of jumps is too low; end the solve by a terminal"
          + " event, such as a least speed, or raise it"),
  STEP_TOO_SMALL(
      "no step is small enough for the tolerance: the solution runs into a singularity there, or"
          + " the tolerance lies below what the arithmetic can resolve; loosen it, give an absolute"
          + " one where states pass 0, count time from nearer to 0, or solve in float64");

  private final String sentence;

  Outcome(String sentence) {
    this.sentence = sentence;
  }

  /**
   * Whether there is an end state to work with. An unstable solve counts: it is reported, not taken
   * out, since it is finite and its gradient is exact.
   */
  public boolean isSolved() {
    return switch (this) {
      case COMPLETED, EVENT, UNSTABLE -> true;
      case NOT_FINITE, OUT_OF_RANGE, STEP_LIMIT, JUMP_LIMIT, STEP_TOO_SMALL -> false;
    };
  }

  /** What happened and what to do. */
  public String sentence() {
    return sentence;
  }
}
