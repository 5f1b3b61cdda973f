package org.anabranch.gradient;

import java.util.Arrays;
import org.anabranch.solver.Clock;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.State;
import org.jspecify.annotations.Nullable;

/**
 * States that steps back are set right by. Undoing a step multiplies round-off, by e to the c h
 * where a coupling is exp(−c h), so a state is kept wherever what has been multiplied since the
 * last one would spoil the gradient: of a sample about c T / ln(tolerance / ε), whatever the number
 * of steps. Samples keep theirs at steps of their own.
 */
final class Anchors {
  private final @Nullable ReversibleMethod method;
  private final double budget;
  private final Clock clock;
  private final StateStore store;
  private final int[][] steps;
  private final int[] counts;
  private final double[] spent;

  /**
   * @param method null where no step is undone
   * @param tolerance of the relative error of a restored state
   */
  Anchors(
      @Nullable ReversibleMethod method,
      double tolerance,
      Clock clock,
      StateStore store,
      int rows) {
    this.method = method == null || method.bitExact() ? null : method;
    this.clock = clock;
    this.store = store;
    budget = method == null ? 0 : StrictMath.log(tolerance / method.roundOff());
    steps = new int[rows][4];
    counts = new int[rows];
    spent = new double[rows];
  }

  /** Before a forward solve. */
  void clear() {
    Arrays.fill(counts, 0);
    Arrays.fill(spent, 0);
  }

  /** Before a step of every sample that has it. */
  void beforeStep(int step, State state) {
    for (int row = 0; method != null && row < counts.length; row++) {
      if (step < clock.steps(row)) {
        beforeStep(step, row, state, row);
      }
    }
  }

  /** Before a sample's step, whose times are known; keeps its state if it is needed. */
  void beforeStep(int step, int sample, State state, int slot) {
    if (method == null) {
      return;
    }
    double size = clock.time(sample, step + 1) - clock.time(sample, step);
    double cost = StrictMath.log(method.amplification(size));
    if (step > 0 && spent[sample] + cost > budget) {
      keep(step, sample, state, slot);
      spent[sample] = 0;
    }
    spent[sample] += cost;
  }

  private void keep(int step, int sample, State state, int slot) {
    int count = counts[sample]++;
    if (count == steps[sample].length) {
      steps[sample] = Arrays.copyOf(steps[sample], 2 * count);
    }
    steps[sample][count] = step;
    store.keep(count, sample, state, slot);
  }

  /** After steps were undone: sets right the states before them where they are kept. */
  void setRight(int step, State restored) {
    for (int row = 0; method != null && row < counts.length; row++) {
      int place = Arrays.binarySearch(steps[row], 0, counts[row], step);
      if (place >= 0) {
        restored.copyRow(row, store.get(place), row);
      }
    }
  }
}
