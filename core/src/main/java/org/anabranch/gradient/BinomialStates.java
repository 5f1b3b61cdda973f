package org.anabranch.gradient;

import java.util.ArrayDeque;
import java.util.Deque;
import org.anabranch.solver.ForwardSolve;
import org.anabranch.solver.State;
import org.anabranch.solver.SteppedSolve;

/** Keeps a fixed number of states, by {@link BinomialSchedule}. The start is always one of them. */
final class BinomialStates {
  private final SteppedSolve solve;
  private final StateStore store;
  private final int states;

  /** The steps whose states are kept, the last one first. */
  private final Deque<Integer> kept = new ArrayDeque<>();

  private int planned;
  private int steps;

  BinomialStates(SteppedSolve solve, StateStore store, int states) {
    this.solve = solve;
    this.store = store;
    this.states = states;
  }

  /**
   * Before a forward solve.
   *
   * @param known the number of its steps; 0 if that is not known
   */
  void clear(int known) {
    kept.clear();
    steps = known;
    planned = 0;
  }

  /** Keeps the start, and where the number of steps is known, what the schedule keeps first. */
  void beforeStep(int step, State state) {
    if (step == planned && kept.size() < states) {
      store.keep(step, state);
      kept.push(step);
      boolean more = steps - step > 1 && kept.size() < states;
      planned = more ? step + BinomialSchedule.advance(steps - step, states - kept.size() + 1) : -1;
    }
  }

  /** One sample's start. */
  void start(int sample, State state, int slot) {
    store.keep(0, sample, state, slot);
    if (kept.isEmpty()) {
      kept.push(0);
    }
  }

  /** Brings the state before a step into place; steps come last first. */
  void fetch(int step, State target) {
    while (kept.getFirst() > step) {
      store.release(kept.pop());
    }
    int at = kept.getFirst();
    while (at < step) {
      int free = states - kept.size();
      int next = free == 0 ? step : at + BinomialSchedule.advance(step + 1 - at, free + 1);
      ForwardSolve forward = solve.forward();
      forward.replay(at, next, store.get(at), (s, state) -> {});
      if (next == step) {
        target.copyFrom(forward.state());
        return;
      }
      store.keep(next, forward.state());
      kept.push(next);
      at = next;
    }
    target.copyFrom(store.get(step));
  }
}
