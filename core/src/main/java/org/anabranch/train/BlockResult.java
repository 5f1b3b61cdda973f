package org.anabranch.train;

import java.util.List;

/**
 * What one block gives at given parameters: a pure function of (parameters, block, seed). Values
 * that are not finite are allowed; {@link ExactSum} reports them. Where workers take local steps,
 * what one worker gives: see {@link LocalSteps#run}.
 */
public final class BlockResult {
  private final int block;
  private final double[] gradient;
  private final double loss;
  private final long weight;
  private final long correct;
  private final List<SampleFailure> failures;
  private final double worstDefect;

  /**
   * Holds the array, not a copy.
   *
   * @param block the block's number
   * @param gradient of the summed loss, in the order of the parameter layout; empty where only the
   *     loss was computed
   * @param loss the sum over the samples that completed
   * @param weight the number of samples that completed
   * @param correct how many of them were classified correctly
   * @param failures the samples that did not complete
   * @param worstDefect the largest ratio of a parasitic mode to its signal that was seen, 0 if the
   *     method has none
   */
  public BlockResult(
      int block,
      double[] gradient,
      double loss,
      long weight,
      long correct,
      List<SampleFailure> failures,
      double worstDefect) {
    if (weight < 0 || correct < 0 || correct > weight) {
      throw new IllegalArgumentException(
          "BlockResult of block %d: %d correct of weight %d; expected 0 <= correct <= weight."
                  .formatted(block, correct, weight)
              + " Count completed samples only.");
    }
    this.block = block;
    this.gradient = gradient;
    this.loss = loss;
    this.weight = weight;
    this.correct = correct;
    this.failures = List.copyOf(failures);
    this.worstDefect = worstDefect;
  }

  /** The block's number. */
  public int block() {
    return block;
  }

  /**
   * The gradient of the summed loss: the array itself, not a copy, which the worker that made it
   * may use for the next block. Do not write to it.
   */
  public double[] gradient() {
    return gradient;
  }

  /** The loss, summed over the samples that completed. */
  public double loss() {
    return loss;
  }

  /** The number of samples that completed. */
  public long weight() {
    return weight;
  }

  /** How many of them were classified correctly. */
  public long correct() {
    return correct;
  }

  /** The samples that did not complete. */
  public List<SampleFailure> failures() {
    return failures;
  }

  /** The largest ratio of a parasitic mode to its signal that was seen in the block's solves. */
  public double worstDefect() {
    return worstDefect;
  }
}
