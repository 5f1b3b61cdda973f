package org.anabranch.solver;

/**
 * How adaptive steps are chosen. A step is accepted where the norm of its error is at most 1: each
 * component over absolute + relative · max(|y|, |y'|).
 *
 * @param relative tolerance, at least 0
 * @param absolute tolerance, at least 0; one of both must be above 0
 * @param norm what makes one number of a sample's components
 * @param controller how an error becomes the next step's size
 * @param firstStep the size of the first step, above 0; 0 lets Hairer's rule find it
 * @param smallestStep where a step of this size fails, a sample stops as {@link
 *     Outcome#STEP_TOO_SMALL}, or as {@link Outcome#NOT_FINITE} if the step gave no number; 0 for a
 *     rounding of the time
 * @param largestStep no step is larger
 * @param limit of steps tried for a sample, accepted and rejected ones
 */
public record AdaptiveSteps(
    double relative,
    double absolute,
    ErrorNorm norm,
    PidController controller,
    double firstStep,
    double smallestStep,
    double largestStep,
    int limit) {
  /** What makes one number of the components of a sample's scaled error. */
  public enum ErrorNorm {
    /** The root of the mean square: of Hairer's codes. */
    ROOT_MEAN_SQUARE,
    /** The largest magnitude. */
    MAXIMUM
  }

  public AdaptiveSteps {
    require(relative >= 0 && Double.isFinite(relative), "relative tolerance", relative);
    require(absolute >= 0 && Double.isFinite(absolute), "absolute tolerance", absolute);
    if (relative == 0 && absolute == 0) {
      throw new IllegalArgumentException(
          "AdaptiveSteps: both tolerances are 0. Set one above 0, for instance 1e-6.");
    }
    require(firstStep >= 0 && Double.isFinite(firstStep), "first step", firstStep);
    require(smallestStep >= 0 && Double.isFinite(smallestStep), "smallest step", smallestStep);
    if (!(largestStep > smallestStep)) {
      throw new IllegalArgumentException(
          "AdaptiveSteps: the largest step is %s, the smallest %s. The largest must be above it."
              .formatted(largestStep, smallestStep));
    }
    if (limit < 1) {
      throw new IllegalArgumentException(
          "AdaptiveSteps: the limit of steps is %d. Use at least 1.".formatted(limit));
    }
  }

  private static void require(boolean holds, String what, double value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "AdaptiveSteps: the %s is %s. It must be finite and at least 0.".formatted(what, value));
    }
  }

  /** Steps for two tolerances; everything else as most solves want it. */
  public static AdaptiveSteps of(double relative, double absolute) {
    return new AdaptiveSteps(
        relative,
        absolute,
        ErrorNorm.ROOT_MEAN_SQUARE,
        PidController.standard(),
        0,
        0,
        Double.POSITIVE_INFINITY,
        100_000);
  }

  /**
   * Steps of one size, shorter only where they land on a point or an event, whatever the error:
   * also for methods that estimate none. A step that gives no number ends a sample's solve.
   */
  public static AdaptiveSteps equal(double size) {
    return of(0, Double.MAX_VALUE)
        .withFirstStep(size)
        .withSizes(0, size)
        .withLimit(Integer.MAX_VALUE);
  }

  /** Whether no error is too large. */
  boolean areEqual() {
    return absolute == Double.MAX_VALUE;
  }

  public AdaptiveSteps withNorm(ErrorNorm other) {
    return new AdaptiveSteps(
        relative, absolute, other, controller, firstStep, smallestStep, largestStep, limit);
  }

  public AdaptiveSteps withController(PidController other) {
    return new AdaptiveSteps(
        relative, absolute, norm, other, firstStep, smallestStep, largestStep, limit);
  }

  public AdaptiveSteps withFirstStep(double size) {
    return new AdaptiveSteps(
        relative, absolute, norm, controller, size, smallestStep, largestStep, limit);
  }

  public AdaptiveSteps withSizes(double smallest, double largest) {
    return new AdaptiveSteps(
        relative, absolute, norm, controller, firstStep, smallest, largest, limit);
  }

  public AdaptiveSteps withLimit(int steps) {
    return new AdaptiveSteps(
        relative, absolute, norm, controller, firstStep, smallestStep, largestStep, steps);
  }
}
