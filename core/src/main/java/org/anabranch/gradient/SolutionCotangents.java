package org.anabranch.gradient;

/**
 * What the pullback of a solution gives.
 *
 * @param byStart of the initial values, [sample][component]
 * @param byParameters in the order of the layout, summed over the samples
 * @param byTimes of each time, [sample][time]; steps between two times move with both
 */
@SuppressWarnings("ArrayRecordComponent") // fresh arrays, which the caller owns
public record SolutionCotangents(double[][] byStart, double[] byParameters, double[][] byTimes) {}
