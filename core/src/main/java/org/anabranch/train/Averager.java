package org.anabranch.train;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The trainer's part in rounds of {@link Averaging}: what goes out, and the mean that returns. */
final class Averager {
  private final Averaging averaging;
  private final Updates updates;
  private final Rounds rounds;
  private final WorkerState state;

  Averager(Averaging averaging, Updates updates, Rounds rounds) {
    this.averaging = averaging;
    this.updates = updates;
    this.rounds = rounds;
    state = new WorkerState(rounds.layout(), averaging);
  }

  ExactSum sum(
      long round, List<List<Integer>> steps, List<Double> factors, @Nullable Scales scales) {
    LocalRound local = new LocalRound(averaging, round, steps, factors);
    return rounds.localSteps(local, state.flat(updates.arrays()), scales);
  }

  /** Moves parameters and state to the mean over samples. */
  void apply(ExactSum sum) {
    SortedMap<String, double[]> arrays = updates.arrays();
    double[] mean = new double[state.views().size()];
    sum.gradient(mean);
    state.restore(state.next(state.flat(arrays), mean), arrays);
    updates.restore(arrays);
  }

  static Diverged notFinite(long round, ExactSum sum) {
    return new Diverged(
        round,
        "Round %d: the loss or the parameters of %d of %d workers are not finite (the first is worker %d). Lower train.learning-rate or train.local-steps, or bound the drift."
            .formatted(
                round + 1,
                sum.notFiniteBlocks().size(),
                sum.blocks(),
                sum.notFiniteBlocks().get(0)));
  }
}
