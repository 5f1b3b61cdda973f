package org.anabranch.gradient;

/**
 * The directions in which {@link DifferentiableSolution#pushforward} goes.
 *
 * @param byStart of the initial values, [sample][component]
 * @param byParameters in the order of the layout
 * @param byTimes of each time, [sample][time]; steps between two times move with both
 */
@SuppressWarnings("ArrayRecordComponent") // the caller's arrays, only read
public record SolutionDirections(double[][] byStart, double[] byParameters, double[][] byTimes) {}
