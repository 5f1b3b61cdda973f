package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * How far two computations of a recurrence may be apart, component by component, by running error
 * analysis (Wilkinson 1963): an operation adds half a unit in the last place of its result, and the
 * recurrence hands on what it was given.
 */
final class RoundingBound {
  private final double rounding;
  private final double[] bound;

  /**
   * @param rounding half a unit in the last place of 1, of both computations together
   */
  RoundingBound(double rounding, int size) {
    this.rounding = rounding;
    bound = new double[size];
  }

  double at(int i) {
    return bound[i];
  }

  /** What comes in with values that were rounded elsewhere. */
  void inherit(IntToDoubleFunction error) {
    Arrays.setAll(bound, i -> bound[i] + error.applyAsDouble(i));
  }

  /**
   * @param kept the factor of the old value in the new one
   * @param rounded the magnitudes that operations of this step round, added up
   */
  void next(double kept, IntToDoubleFunction rounded) {
    Arrays.setAll(bound, i -> kept * bound[i] + rounding * rounded.applyAsDouble(i));
  }

  void assertHolds(double[] theirs, double[] ours, int step) {
    assertHolds(theirs, ours, i -> bound[i], step);
  }

  static void assertHolds(double[] theirs, double[] ours, IntToDoubleFunction bound, int step) {
    for (int i = 0; i < ours.length; i++) {
      assertThat(Math.abs(theirs[i] - ours[i]))
          .as("step %d, component %d: theirs %s, ours %s", step, i, theirs[i], ours[i])
          .isLessThanOrEqualTo(bound.applyAsDouble(i));
    }
  }
}
