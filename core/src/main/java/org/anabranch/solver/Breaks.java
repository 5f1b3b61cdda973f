package org.anabranch.solver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.backend.Backend;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/**
 * Where each sample's last solve was interrupted, with what a way back needs: a jump cannot be
 * undone, nor the step to an event be told from its end. One state or two of one sample for each.
 */
public final class Breaks {
  /**
   * An interruption of one sample.
   *
   * @param step the steps that the sample had accepted by then
   * @param event its place among those looked for; −1 for a jump known before
   * @param kind the jump's place among those known before; −1 for an event
   * @param place of the jump's time among those of its kind; −1 for an event
   * @param inputs the jump's own
   * @param before the state before the step that ended at the event; null for a jump known before
   * @param arrived the state that the step ended with, before the jump
   * @param restarted the state after the jump; null where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Break(
      int step,
      double time,
      int event,
      int kind,
      int place,
      double[] inputs,
      @Nullable State before,
      State arrived,
      @Nullable State restarted) {
    public boolean isEvent() {
      return event >= 0;
    }

    public boolean jumps() {
      return restarted != null;
    }
  }

  private final Supplier<State> allocation;
  private final Deque<State> free = new ArrayDeque<>();
  private final List<List<Break>> byRow = new ArrayList<>();
  private final Map<Integer, List<Integer>> restarts = new HashMap<>();
  private boolean forgets;

  Breaks(Backend backend, Map<String, Type> types, int rows) {
    allocation = () -> State.allocate(backend, types, 1);
    for (int row = 0; row < rows; row++) {
      byRow.add(new ArrayList<>());
    }
  }

  /** Keeps none from here on: for who does not go back. */
  void forget() {
    forgets = true;
  }

  void clear() {
    for (List<Break> breaks : byRow) {
      breaks.forEach(this::release);
      breaks.clear();
    }
    restarts.clear();
  }

  private void release(Break one) {
    release(one.before());
    release(one.arrived());
    release(one.restarted());
  }

  private void release(@Nullable State state) {
    if (state != null) {
      free.push(state);
    }
  }

  /** One sample's numbers of a state, kept until the next {@link #clear}. */
  State keep(State state, int slot) {
    State kept = free.isEmpty() ? allocation.get() : free.pop();
    kept.copyRow(0, state, slot);
    return kept;
  }

  void add(int row, Break one) {
    if (forgets) {
      release(one);
      return;
    }
    byRow.get(row).add(one);
    if (one.jumps()) {
      restarts.computeIfAbsent(one.step(), step -> new ArrayList<>()).add(row);
    }
  }

  /** The interruptions of a sample, in the order of its solve. */
  public List<Break> of(int row) {
    return byRow.get(row);
  }

  /** Gives the samples that restart before a step the states that they restarted with. */
  void restart(int step, State state) {
    for (int row : restarts.getOrDefault(step, List.of())) {
      for (Break one : byRow.get(row)) {
        if (one.step() == step && one.restarted() != null) {
          state.copyRow(row, one.restarted(), 0);
        }
      }
    }
  }

  /** The bytes of the states kept. */
  public long bytes() {
    long sum = 0;
    for (State state : free) {
      sum += state.bytes();
    }
    for (List<Break> breaks : byRow) {
      for (Break one : breaks) {
        sum += bytes(one.before()) + bytes(one.arrived()) + bytes(one.restarted());
      }
    }
    return sum;
  }

  private static long bytes(@Nullable State state) {
    return state == null ? 0 : state.bytes();
  }
}
