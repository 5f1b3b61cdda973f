package org.anabranch.train;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers the evaluation of many blocks. Every block is rounded by itself (see {@link Evaluation}),
 * so the order of blocks and of merges does not show. Not thread-safe.
 */
public final class EvaluationTally implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final long[][] confusion;
  private Evaluation sums = Evaluation.none(0);
  private int blocks;

  public EvaluationTally(int classes) {
    confusion = new long[classes][classes];
  }

  /** Evaluates a block and adds what it gives. */
  public void add(BlockWorker worker, Block block) {
    sums = sums.merge(Evaluation.of(worker.evaluate(block, confusion), new long[0][]));
    blocks++;
  }

  /** This tally with another one's counts added, which is only read. */
  public EvaluationTally merge(EvaluationTally other) {
    sums = sums.merge(other.sums);
    blocks += other.blocks;
    for (int label = 0; label < confusion.length; label++) {
      for (int found = 0; found < confusion.length; found++) {
        confusion[label][found] += other.confusion[label][found];
      }
    }
    return this;
  }

  public int blocks() {
    return blocks;
  }

  public Evaluation evaluation() {
    List<List<Long>> rows =
        Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList();
    return new Evaluation(sums.loss(), sums.weight(), sums.correct(), rows);
  }
}
