package org.anabranch.solver;

import java.util.Arrays;
import org.anabranch.backend.Buffer;
import org.anabranch.field.Field;
import org.jspecify.annotations.Nullable;

/** Brings the solution at output times to an observer, step by step of an adaptive solve. */
final class DenseOutputs {
  private final Method method;
  private final Field field;
  private final @Nullable OutputTimes[] wanted;
  private final double[] directions;
  private final boolean[] accepted;
  private DenseTile.@Nullable Graphs graphs;
  private boolean any;

  DenseOutputs(Method method, Field field, int rows) {
    this.method = method;
    this.field = field;
    wanted = new OutputTimes[rows];
    directions = new double[rows];
    accepted = new boolean[rows];
  }

  /** Takes the outputs wanted and delivers those at the very start. */
  void start(
      Spans spans, double[][] outputs, Buffer initialValue, AdaptiveSolve.Observer observer) {
    any = false;
    for (int row = 0; row < wanted.length; row++) {
      double[] times = outputs[row];
      wanted[row] = times == null ? null : OutputTimes.of(spans, row, times);
      directions[row] = spans.direction(row) < 0 ? -1 : 1;
      OutputTimes own = wanted[row];
      if (own == null) {
        continue;
      }
      any |= own.count() > 0;
      while (own.isDue(spans.start(row), directions[row])) {
        observer.output(row, own.take(), initialValue, row);
      }
    }
    if (any && graphs == null) {
      graphs =
          DenseTile.Graphs.of(method, field)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Output times: the method '%s' has no interpolant. Let steps land on the times, or use a method that has one."
                              .formatted(method.name())));
    }
  }

  /** A slot's step was accepted. */
  void stepped(int slot) {
    accepted[slot] = true;
  }

  /** Delivers the outputs that lie in the steps accepted since the last call. */
  void deliver(AttemptTile tile, AdaptiveSolve.Observer observer) {
    if (any && graphs != null) {
      boolean prepared = false;
      while (choose(tile)) {
        if (!prepared) {
          tile.prepareDense(graphs);
          prepared = true;
        }
        Buffer values = tile.within();
        for (int slot = 0; slot < tile.slots; slot++) {
          if (!Double.isNaN(tile.fractions[slot])) {
            deliver(tile.samples[slot], values, slot, observer);
          }
        }
      }
      deliverEnds(tile, observer);
    }
    Arrays.fill(accepted, false);
  }

  private void deliver(int sample, Buffer values, int slot, AdaptiveSolve.Observer observer) {
    OutputTimes own = wanted[sample];
    if (own != null) {
      observer.output(sample, own.take(), values, slot);
    }
  }

  /** At the end of a step the solution is the step's own. */
  private void deliverEnds(AttemptTile tile, AdaptiveSolve.Observer observer) {
    Buffer values = null;
    for (int slot = 0; slot < tile.slots; slot++) {
      while (isDue(tile, slot)) {
        values = values == null ? tile.solution() : values;
        deliver(tile.samples[slot], values, slot, observer);
      }
    }
  }

  private boolean isDue(AttemptTile tile, int slot) {
    int sample = tile.samples[slot];
    OutputTimes own = wanted[sample];
    return accepted[slot] && own != null && own.isDue(tile.ends[slot], directions[sample]);
  }

  /** The fraction of each slot's next output inside its step, NaN without one. */
  private boolean choose(AttemptTile tile) {
    boolean found = false;
    for (int slot = 0; slot < tile.slots; slot++) {
      OutputTimes own = wanted[tile.samples[slot]];
      tile.fractions[slot] = Double.NaN;
      if (own != null && isDue(tile, slot) && own.time() != tile.ends[slot]) {
        tile.fractions[slot] = (own.time() - tile.starts[slot]) / tile.sizes[slot];
        found = true;
      }
    }
    return found;
  }
}
