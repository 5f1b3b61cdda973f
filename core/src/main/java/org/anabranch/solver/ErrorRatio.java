package org.anabranch.solver;

import org.anabranch.graph.Value;

/** The norm of a step's error over the tolerances: at most 1 where the step is accepted. */
final class ErrorRatio {
  /** From here on a relative tolerance is above the roundings of float32. */
  private static final double ABOVE_ROUNDING = 6e-8;

  private static final double FLOAT32_ROUNDING = 6e-8;
  private static final double FLOAT64_ROUNDING = 1.2e-16;

  /** Added to a number of float32 it is rounded away, added to one of float64 it is not. */
  private static final double ROUNDED_AWAY = 2.9e-8;

  /** Below it an absolute tolerance may leave 0/0 for a component that is 0 and stays so. */
  private static final double NO_ABSOLUTE = 1e-30;

  private final AdaptiveSteps steps;

  ErrorRatio(AdaptiveSteps steps) {
    this.steps = steps;
  }

  /**
   * Of an error of a step from one value to another, a number for each sample. NaN where the value
   * after is not finite: an infinite one would be within any relative tolerance. Where the
   * roundings of the value after are above the tolerance, no step can be right: their ratio then.
   */
  Value of(Value error, Value before, Value after) {
    Value magnitude = before.absolute().maximum(after.absolute());
    Value ratio = norm(error.plus(after.times(0)), magnitude);
    if (steps.relative() >= ABOVE_ROUNDING) {
      return ratio;
    }
    Value isFloat32 = after.plus(after.times(ROUNDED_AWAY)).equalTo(after);
    Value unit = isFloat32.times(FLOAT32_ROUNDING).plus(FLOAT64_ROUNDING);
    Value roundings = norm(after.absolute().times(unit), magnitude);
    return roundings.greaterThan(Value.constant(1)).select(roundings, ratio);
  }

  /** Of a vector, against tolerances at a magnitude. */
  Value norm(Value vector, Value magnitude) {
    Value scale = magnitude.times(steps.relative()).plus(steps.absolute());
    Value scaled = vector.dividedBy(scale);
    if (steps.absolute() < NO_ABSOLUTE) {
      scaled = vector.equalTo(vector.times(0)).select(vector, scaled);
    }
    return switch (steps.norm()) {
      case ROOT_MEAN_SQUARE -> scaled.square().mean().sqrt();
      case MAXIMUM -> scaled.absolute().maximum();
    };
  }
}
