package org.anabranch.gradient;

import org.anabranch.solver.Breaks;
import org.anabranch.solver.SteppedSolve;

/**
 * The cotangents at the interruptions of a solve: those that arrive at events, set before {@link
 * SolveGradient#backward}, and those of jumps, read after it. Interruptions are named by the
 * sample's row and by their place among the sample's, as in {@link Breaks#of}.
 */
public final class BreakCotangents {
  private final ReverseBreaks breaks;
  private final TimeCotangents times;
  private final SteppedSolve solve;

  BreakCotangents(ReverseBreaks breaks, TimeCotangents times, SteppedSolve solve) {
    this.breaks = breaks;
    this.times = times;
    this.solve = solve;
  }

  /**
   * Sets the cotangents of an event's time and of the solution there, before a jump.
   *
   * @param ofValue of each component
   * @throws IllegalArgumentException if the interruption is a jump known before
   */
  public void arrive(int row, int place, double ofTime, double[] ofValue) {
    breaks.arrive(row, place, ofTime, ofValue);
  }

  /**
   * The cotangent of the time of a jump known before. Of several at one time the first has it all;
   * a point there has the same, since both move together.
   */
  public double ofJumpTime(int row, int place) {
    Breaks met = solve.breaks();
    if (met == null) {
      throw new AssertionError("a solve with interruptions has some");
    }
    Breaks.Break at = met.of(row).get(place);
    boolean first = place == 0 || met.of(row).get(place - 1).step() < at.step();
    return first && !at.isEvent() ? times.ending(row, at.step()) : 0;
  }

  /** The cotangents of the own inputs of a jump. */
  public double[] ofJumpInputs(int row, int place) {
    return breaks.ofInputs(row, place).clone();
  }

  /**
   * Whether an event of the last way back was only touched: the condition's slope there is within
   * roundings of zero, the event's time has no derivative, and none went through it.
   */
  public boolean isTouched(int row, int place) {
    return breaks.isTouched(row, place);
  }
}
