package org.anabranch.train;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.random.KeyedPermutation;
import org.anabranch.random.Stream;

/**
 * Which blocks form the mini-batch of a round. Blocks are dealt to as many strata as a mini-batch
 * has blocks; a mini-batch takes one block of every stratum, in an order that a keyed permutation
 * gives each stratum for each epoch. A partition that holds whole strata therefore has the same
 * work in every round, up to one block a stratum at the end of an epoch; a random choice would
 * leave one of two partitions with 1.5 to 1.75 times its share.
 *
 * <p>Every block occurs exactly once an epoch. Where {@code blocks} is no multiple of {@code
 * blocksPerBatch}, the last round of an epoch is smaller: it takes from those strata that still
 * have a block.
 *
 * @param blocks the blocks of the training data, numbered from 0
 * @param blocksPerBatch the blocks of a mini-batch, at most {@link ExactSum#MAX_BLOCKS}
 * @param seed the seed of the run
 */
public record BatchPlan(int blocks, int blocksPerBatch, long seed) {
  public BatchPlan {
    if (blocks < 1) {
      throw new IllegalArgumentException(
          "BatchPlan: blocks is %d; it must be at least 1. Check that training data were read."
              .formatted(blocks));
    }
    int most = Math.min(blocks, ExactSum.MAX_BLOCKS);
    if (blocksPerBatch < 1 || blocksPerBatch > most) {
      throw new IllegalArgumentException(
          ("BatchPlan: blocksPerBatch is %d; with %d blocks of training data it must be 1 to %d."
                  + " Choose a batch size in this range.")
              .formatted(blocksPerBatch, blocks, most));
    }
  }

  /** The number of strata, which is the number of blocks of a full mini-batch. */
  public int strata() {
    return blocksPerBatch;
  }

  /** The stratum of a block, from 0 to {@code strata() - 1}. */
  public int stratumOf(int block) {
    if (block < 0 || block >= blocks) {
      throw new IllegalArgumentException(
          "BatchPlan: block is %d, but blocks are numbered 0 to %d. Pass one of these."
              .formatted(block, blocks - 1));
    }
    return block % blocksPerBatch;
  }

  /** The rounds after which every block was used once. */
  public int roundsPerEpoch() {
    return (blocks - 1) / blocksPerBatch + 1;
  }

  /** The epoch of a round; rounds and epochs are numbered from 0. */
  public long epochOf(long round) {
    requireRound(round);
    return round / roundsPerEpoch();
  }

  /**
   * The blocks of a round, in ascending order of their strata. Permutes every stratum anew, which
   * costs about 40 ns a block of the data.
   */
  public List<Integer> batch(long round) {
    return batches(round, round + 1).get(0);
  }

  /** The blocks of the rounds from one to before another; permutes once an epoch. */
  public List<List<Integer>> batches(long from, long to) {
    requireRound(from);
    List<List<Integer>> batches = new ArrayList<>();
    for (long round = from; round < to; ) {
      int turn = (int) (round % roundsPerEpoch());
      int count = (int) Math.min(to - round, roundsPerEpoch() - turn);
      batches.addAll(ofEpoch(epochOf(round), turn, count));
      round += count;
    }
    return List.copyOf(batches);
  }

  private List<List<Integer>> ofEpoch(long epoch, int firstTurn, int count) {
    List<List<Integer>> batches = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      batches.add(new ArrayList<>(blocksPerBatch));
    }
    for (int stratum = 0; stratum < blocksPerBatch; stratum++) {
      int size = (blocks - 1 - stratum) / blocksPerBatch + 1;
      if (firstTurn < size) {
        long key = Math.addExact(Math.multiplyExact(epoch, (long) blocksPerBatch), stratum);
        int[] order = KeyedPermutation.of(seed, Stream.EPOCH, key, size);
        for (int i = 0; i < count && firstTurn + i < size; i++) {
          batches.get(i).add(stratum + order[firstTurn + i] * blocksPerBatch);
        }
      }
    }
    return batches.stream().map(List::copyOf).toList();
  }

  private static void requireRound(long round) {
    if (round < 0) {
      throw new IllegalArgumentException(
          "BatchPlan: round is %d; rounds are numbered from 0. Pass the number of the round."
              .formatted(round));
    }
  }
}
