package org.anabranch.train;

/**
 * Computes blocks at given parameters. What a block gives depends on parameters and block only. Not
 * for several threads at a time.
 */
public interface BlockWorker {
  /** The parameters of the blocks to come. */
  void load(double[] parameters);

  /** The gradient of the summed loss of a block; its array is the worker's until the next call. */
  BlockResult gradient(Block block);

  /**
   * The loss of a block, without a gradient.
   *
   * @param confusion [classes × classes]: the cell (label, predicted class) of every sample grows
   *     by one
   */
  BlockResult evaluate(Block block, long[][] confusion);
}
