package org.anabranch.gradient;

import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.graph.Type;
import org.anabranch.solver.ForwardSolve;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.State;
import org.anabranch.solver.SteppedSolve;
import org.jspecify.annotations.Nullable;

/** What a mode keeps of a forward solve, and how it brings back the state before each step. */
final class KeptStates {
  private final SteppedSolve solve;
  private final StateStore store;
  private final State initial;
  private final Anchors anchors;

  /** Where states are kept at even distances. */
  private final GradientMode.@Nullable Checkpointed evenly;

  private int every;
  private final @Nullable BinomialStates binomial;

  /**
   * @param types of the method's state
   */
  KeptStates(
      Backend backend, Map<String, Type> types, SteppedSolve solve, GradientMode mode, int rows) {
    this.solve = solve;
    store = new StateStore(() -> State.allocate(backend, types, rows));
    initial = State.allocate(backend, types, rows);
    boolean undone = mode instanceof GradientMode.Reversible;
    anchors =
        new Anchors(
            undone ? (ReversibleMethod) solve.method() : null,
            GradientMode.Reversible.TOLERANCE,
            solve.clock(),
            store,
            rows);
    binomial =
        mode instanceof GradientMode.Binomial budget
            ? new BinomialStates(solve, store, budget.states())
            : null;
    evenly =
        mode instanceof GradientMode.Direct
            ? new GradientMode.Checkpointed(1)
            : mode instanceof GradientMode.Checkpointed checkpointed ? checkpointed : null;
  }

  /**
   * Before a forward solve.
   *
   * @param known the number of its steps; 0 if that is not known
   */
  void clear(int known) {
    store.clear();
    anchors.clear();
    every = evenly == null ? 1 : evenly.spacingOfKnown(known);
    if (binomial != null) {
      binomial.clear(known);
    }
  }

  /** The state of every sample before its first step. */
  State initial() {
    return initial;
  }

  void beforeStep(int step, State state) {
    if (step == 0) {
      initial.copyFrom(state);
    }
    anchors.beforeStep(step, state);
    if (binomial != null) {
      binomial.beforeStep(step, state);
    } else if (evenly != null && step % every == 0) {
      store.keep(step, state);
      thin(evenly);
    }
  }

  /** Where the number of steps was not known: once too many are kept, every second one is. */
  private void thin(GradientMode.Checkpointed rule) {
    if (rule.isTooMany(store.size(), every)) {
      every *= 2;
      store.retain(step -> step % every == 0);
    }
  }

  /** The same a sample at a time. */
  void beforeStep(int step, int sample, State state, int slot) {
    if (step == 0) {
      initial.copyRow(sample, state, slot);
      if (binomial != null) {
        binomial.start(sample, state, slot);
      }
    }
    anchors.beforeStep(step, sample, state, slot);
    if (evenly != null && step % every == 0) {
      store.keep(step, sample, state, slot);
      thin(evenly);
    }
  }

  /** Sets a state right that steps back have come to, for samples that have it kept. */
  void setRight(int step, State restored) {
    anchors.setRight(step, restored);
  }

  /**
   * Brings the state before a step into place, computing its segment again where it was dropped.
   *
   * @param steps of the whole solve
   */
  void fetch(int step, int steps, State target) {
    if (binomial != null) {
      binomial.fetch(step, target);
      return;
    }
    if (!store.holds(step)) {
      int start = step - step % every;
      int last = Math.min(start + every, steps) - 1;
      ForwardSolve forward = solve.forward();
      forward.replay(start, last, store.get(start), store::keep);
      store.keep(last, forward.state());
    }
    target.copyFrom(store.get(step));
    if (step % every != 0) { // what the forward solve kept serves another way back
      store.release(step);
    }
  }

  long bytes() {
    return initial.bytes() + store.bytes();
  }
}
