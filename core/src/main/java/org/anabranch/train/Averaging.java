package org.anabranch.train;

import java.io.Serializable;

/**
 * Local steps on logical workers, whose parameters are averaged (local SGD; Stich 2019,
 * arXiv:1805.09767). A worker owns the blocks whose number leaves it as remainder. In a round it
 * starts at the common parameters and takes {@code localSteps} steps of the optimiser, each on its
 * own blocks of one mini-batch; then parameters are averaged by the samples that each has seen.
 *
 * <p>The number of workers is a part of the result and has nothing to do with the threads,
 * partitions or executors that compute them.
 *
 * @param workers at most {@link ExactSum#MAX_BLOCKS}
 * @param localSteps of each worker between two averages
 */
public record Averaging(
    int workers, int localSteps, Optimiser optimiser, OptimiserState optimiserState)
    implements Serializable {
  public Averaging {
    if (workers < 1 || workers > ExactSum.MAX_BLOCKS || localSteps < 1) {
      throw new IllegalArgumentException(
          "Averaging: workers is %d and localSteps is %d; expected 1 to %d workers and at least 1 local step. Choose them in this range."
              .formatted(workers, localSteps, ExactSum.MAX_BLOCKS));
    }
  }

  /** The worker that owns a block. */
  public int workerOf(int block) {
    return block % workers;
  }
}
