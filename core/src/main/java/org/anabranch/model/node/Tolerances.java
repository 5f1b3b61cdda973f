package org.anabranch.model.node;

import org.anabranch.solver.AdaptiveSteps;

/**
 * What a model's adaptive solve keeps to: see {@link AdaptiveSteps}.
 *
 * @param relative tolerance
 * @param absolute tolerance
 * @param maxSteps tried for a sample before it counts as failed
 */
public record Tolerances(double relative, double absolute, int maxSteps) {
  public Tolerances {
    AdaptiveSteps unused = steps(relative, absolute, maxSteps);
  }

  AdaptiveSteps steps() {
    return steps(relative, absolute, maxSteps);
  }

  private static AdaptiveSteps steps(double relative, double absolute, int maxSteps) {
    return AdaptiveSteps.of(relative, absolute).withLimit(maxSteps);
  }
}
