package org.anabranch.gradient;

import java.util.List;
import java.util.Map;

/**
 * What the pullback of a solution gives.
 *
 * @param byStart of the initial values, [sample][component]
 * @param byParameters in the order of the layout, summed over the samples
 * @param byTimes of each time, [sample][time]; steps between two times move with both
 * @param byContext of each of the field's context inputs, [sample][component]
 * @param byOutputTimes [sample][place]
 * @param byJumps of the times and inputs of each jump of the equation
 */
@SuppressWarnings("ArrayRecordComponent") // fresh arrays, which the caller owns
public record SolutionCotangents(
    double[][] byStart,
    double[] byParameters,
    double[][] byTimes,
    Map<String, double[][]> byContext,
    double[][] byOutputTimes,
    List<OfJump> byJumps) {
  /**
   * Of one jump.
   *
   * @param byTimes [sample][jump]; 0 for one that was not taken, and for all but the first of those
   *     that a sample takes at one time. A point at that time moves with it and has the same
   * @param byInputs of the jump's own inputs, [sample][jump][number]
   */
  public record OfJump(double[][] byTimes, double[][][] byInputs) {}
}
