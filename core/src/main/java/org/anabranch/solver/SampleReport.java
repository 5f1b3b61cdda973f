package org.anabranch.solver;

/**
 * How one sample's adaptive solve went.
 *
 * @param time the time that it reached
 * @param size the size of the step that it would try next
 * @param ratio the norm of the last try's error over the tolerances
 * @param accepted the steps accepted
 * @param rejected the steps rejected
 * @param smallestStep the size of the smallest accepted step; NaN without one
 */
public record SampleReport(
    Outcome outcome,
    double time,
    double size,
    double ratio,
    int accepted,
    int rejected,
    double smallestStep) {

  /** What happened, where, and what to do. */
  public String sentence() {
    return switch (outcome) {
      case STEP_TOO_SMALL ->
          "at t = %s the step size fell to %.3g and its error still was %.3g times the tolerance: %s"
              .formatted(time, size, ratio, outcome.sentence());
      case STEP_LIMIT ->
          "at t = %s, after %d accepted and %d rejected steps of %.3g or more: %s"
              .formatted(time, accepted, rejected, smallestStep, outcome.sentence());
      case NOT_FINITE ->
          rejected == 0
              ? "in step %d, from t = %s by %.3g: %s"
                  .formatted(accepted + 1, time, size, outcome.sentence())
              : "after t = %s, however small the step: %s".formatted(time, outcome.sentence());
      case COMPLETED, EVENT, OUT_OF_RANGE, UNSTABLE, JUMP_LIMIT ->
          "at t = %s: %s".formatted(time, outcome.sentence());
    };
  }
}
