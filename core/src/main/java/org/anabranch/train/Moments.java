package org.anabranch.train;

import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Precision;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * The decays β₁ and β₂ of two averages that start from zero, and what makes up for that start. The
 * powers of β are carried as state, so that no power function is needed.
 */
record Moments(double beta1, double beta2) {
  static final String FIRST = "firstMoment";
  static final String SECOND = "secondMoment";
  private static final String POWER_1 = "beta1Power";
  private static final String POWER_2 = "beta2Power";

  static Map<String, Shape> shapes(int size) {
    return new TreeMap<>(
        Map.of(
            POWER_1,
            Shape.scalar(),
            POWER_2,
            Shape.scalar(),
            FIRST,
            Shape.vector(size),
            SECOND,
            Shape.vector(size)));
  }

  static Map<String, Double> start() {
    return Map.of(POWER_1, 1.0, POWER_2, 1.0, FIRST, 0.0, SECOND, 0.0);
  }

  /** η √(1−β₂ᵗ) / (1−β₁ᵗ), with t one more than before. */
  Value correctedRate(UpdateStep step) {
    Value one = Value.constant(1, Precision.WIDE);
    Value power1 = step.keep(POWER_1, step.state(POWER_1).times(beta1));
    Value power2 = step.keep(POWER_2, step.state(POWER_2).times(beta2));
    return one.minus(power2).sqrt().times(step.rate()).dividedBy(one.minus(power1));
  }
}
