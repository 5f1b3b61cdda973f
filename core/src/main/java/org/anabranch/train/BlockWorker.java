package org.anabranch.train;

/**
 * Computes blocks at given parameters. What a block gives depends on parameters, block and, where
 * random numbers are drawn, the number of the step only. Not for several threads at a time.
 */
public interface BlockWorker {
  /** The parameters of the blocks to come. */
  void load(double[] parameters);

  /** The gradient of the summed loss of a block; its array is the worker's until the next call. */
  BlockResult gradient(Block block);

  /**
   * The gradient of a block in a step of the training: what draws random numbers, or does different
   * things in turn, does it by the step's number.
   *
   * @param step from 0, of all workers alike
   */
  default BlockResult gradient(Block block, long step) {
    return gradient(block);
  }

  /**
   * The loss of a block, without a gradient.
   *
   * @param confusion [classes × classes]: the cell (label, predicted class) of every sample grows
   *     by one
   */
  BlockResult evaluate(Block block, long[][] confusion);
}
