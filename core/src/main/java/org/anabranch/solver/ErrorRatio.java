package org.anabranch.solver;

import org.anabranch.graph.Value;

/** The norm of a step's error over the tolerances: at most 1 where the step is accepted. */
final class ErrorRatio {
  private final AdaptiveSteps steps;

  ErrorRatio(AdaptiveSteps steps) {
    this.steps = steps;
  }

  /** Of an error of a step from one value to another, a number for each sample. */
  Value of(Value error, Value before, Value after) {
    return norm(error, before.absolute().maximum(after.absolute()));
  }

  /** Of a vector, against tolerances at a magnitude. */
  Value norm(Value vector, Value magnitude) {
    Value scale = magnitude.times(steps.relative()).plus(steps.absolute());
    Value scaled = vector.dividedBy(scale);
    return switch (steps.norm()) {
      case ROOT_MEAN_SQUARE -> scaled.square().mean().sqrt();
      case MAXIMUM -> scaled.absolute().maximum();
    };
  }
}
