package org.anabranch.gradient;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.anabranch.solver.State;

/**
 * States kept by step. Storage of released ones is used again, so a second solve allocates none.
 */
final class StateStore {
  private final Supplier<State> allocation;
  private final Map<Integer, State> kept = new HashMap<>();
  private final Deque<State> free = new ArrayDeque<>();

  StateStore(Supplier<State> allocation) {
    this.allocation = allocation;
  }

  void clear() {
    free.addAll(kept.values());
    kept.clear();
  }

  void keep(int step, State state) {
    if (kept.containsKey(step)) {
      return;
    }
    State copy = free.isEmpty() ? allocation.get() : free.pop();
    copy.copyFrom(state);
    kept.put(step, copy);
  }

  /** Keeps one sample's state at its own step of that number. */
  void keep(int step, int sample, State state, int slot) {
    State copy = kept.get(step);
    if (copy == null) {
      copy = free.isEmpty() ? allocation.get() : free.pop();
      kept.put(step, copy);
    }
    copy.copyRow(sample, state, slot);
  }

  boolean holds(int step) {
    return kept.containsKey(step);
  }

  State get(int step) {
    State state = kept.get(step);
    if (state == null) {
      throw new AssertionError("no state was kept for step " + step);
    }
    return state;
  }

  int size() {
    return kept.size();
  }

  /** Releases the steps that are not wanted. */
  void retain(IntPredicate wanted) {
    kept.entrySet()
        .removeIf(
            entry -> {
              boolean goes = !wanted.test(entry.getKey());
              if (goes) {
                free.push(entry.getValue());
              }
              return goes;
            });
  }

  void release(int step) {
    State state = kept.remove(step);
    if (state != null) {
      free.push(state);
    }
  }

  long bytes() {
    long one = 0;
    for (State state : kept.values()) {
      one = state.bytes();
    }
    for (State state : free) {
      one = state.bytes();
    }
    return one * (kept.size() + free.size());
  }
}
