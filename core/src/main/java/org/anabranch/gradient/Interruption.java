package org.anabranch.gradient;

import org.anabranch.solver.Breaks;

/** One interruption of a sample on the way back, with what the caller gives and gets. */
final class Interruption {
  final int row;
  final Breaks.Break at;

  /** The cotangents that arrive at an event: of the solution there and of its time. */
  final double[] ofValue;

  double ofTime;

  /** The cotangents of a jump's own inputs. */
  double[] ofInputs = {};

  /**
   * Whether it is the last of the events that its step ends at, with whose time everything after
   * moves.
   */
  final boolean last;

  /** Whether an event that something depends on is only touched. */
  boolean touched;

  Interruption(int row, Breaks.Break at, boolean last, int dimension) {
    this.row = row;
    this.at = at;
    this.last = last;
    this.ofValue = new double[dimension];
  }
}
