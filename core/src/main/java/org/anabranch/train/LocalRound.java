package org.anabranch.train;

import java.io.Serializable;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The steps of one round of {@link Averaging}, for all workers.
 *
 * @param number of the round, from 0, from which those of its steps follow
 * @param steps the mini-batch of each, as numbers of blocks
 * @param factors of the learning rate in each
 */
public record LocalRound(
    Averaging averaging, long number, List<List<Integer>> steps, List<Double> factors)
    implements Serializable {
  public LocalRound {
    steps = steps.stream().map(List::copyOf).toList();
    factors = List.copyOf(factors);
  }

  /** The number of a step of this round among those of all rounds, from 0. */
  long stepNumber(int place) {
    return number * averaging.localSteps() + place;
  }

  /** The blocks of one worker, step by step; a step may have none. */
  List<List<Integer>> stepsOf(int worker) {
    return steps.stream()
        .map(step -> step.stream().filter(b -> averaging.workerOf(b) == worker).toList())
        .toList();
  }

  /** All blocks of the round. */
  public NavigableSet<Integer> blocks() {
    NavigableSet<Integer> blocks = new TreeSet<>();
    steps.forEach(blocks::addAll);
    return blocks;
  }

  /** The workers that have a block among the given ones. */
  public NavigableSet<Integer> workersOf(Iterable<Integer> blocks) {
    NavigableSet<Integer> workers = new TreeSet<>();
    blocks.forEach(block -> workers.add(averaging.workerOf(block)));
    return workers;
  }
}
