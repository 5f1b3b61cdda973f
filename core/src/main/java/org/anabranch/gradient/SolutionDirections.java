package org.anabranch.gradient;

import java.util.Map;

/**
 * The directions in which {@link DifferentiableSolution#pushforward} goes.
 *
 * @param byStart of the initial values, [sample][component]
 * @param byParameters in the order of the layout
 * @param byTimes of each time, [sample][time]; steps between two times move with both
 * @param byContext of the field's context inputs, [sample][component]; those left out stay
 */
@SuppressWarnings("ArrayRecordComponent") // the caller's arrays, only read
public record SolutionDirections(
    double[][] byStart,
    double[] byParameters,
    double[][] byTimes,
    Map<String, double[][]> byContext) {
  public SolutionDirections {
    byContext = Map.copyOf(byContext);
  }

  /** The context stays. */
  public SolutionDirections(double[][] byStart, double[] byParameters, double[][] byTimes) {
    this(byStart, byParameters, byTimes, Map.of());
  }
}
