package org.anabranch.control.brownian;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.simd.BrownianLanes;

/** The numbers of the intervals that were asked for last: of others they are drawn anew. */
final class RecentNumbers {
  private final int most;
  private final BrownianLanes lanes;
  private final List<Piece> slots = new ArrayList<>();
  private final SplitSpan[] owners;
  private final long[] used;
  private long clock;

  RecentNumbers(int most, BrownianLanes lanes) {
    this.most = most;
    this.lanes = lanes;
    owners = new SplitSpan[most];
    used = new long[most];
  }

  /** The numbers of an interval that has a slot. */
  Piece of(SplitSpan span) {
    used[span.slot] = ++clock;
    return slots.get(span.slot);
  }

  /** Gives an interval a slot if it has none, that of the one used longest ago if need be. */
  Piece claim(SplitSpan span) {
    if (span.slot < 0) {
      int slot = slots.size() < most ? slots.size() : oldest();
      if (slot == slots.size()) {
        slots.add(new Piece(lanes.numbers()));
      } else {
        owners[slot].slot = -1;
      }
      owners[slot] = span;
      span.slot = slot;
    }
    Piece piece = of(span);
    piece.length = span.length();
    return piece;
  }

  /** Gives a slot to another interval that has none. */
  void pass(SplitSpan from, SplitSpan to) {
    to.slot = from.slot;
    owners[to.slot] = to;
    from.slot = -1;
    of(to).length = to.length();
  }

  private int oldest() {
    int oldest = 0;
    for (int slot = 1; slot < most; slot++) {
      if (used[slot] < used[oldest]) {
        oldest = slot;
      }
    }
    return oldest;
  }

  /** Of other samples there is nothing. */
  void clear() {
    for (int slot = 0; slot < slots.size(); slot++) {
      owners[slot].slot = -1;
      used[slot] = 0;
    }
    slots.clear();
  }

  /** How many intervals have their numbers kept. */
  int kept() {
    return slots.size();
  }
}
