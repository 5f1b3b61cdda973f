package org.anabranch.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.anabranch.backend.Backend;
import org.anabranch.graph.ParameterLayout;
import org.jspecify.annotations.Nullable;

/**
 * The local steps of one round of {@link Averaging}, of one logical worker after another on the
 * thread that calls. What a worker gives is a pure function of the common start, the worker's
 * number and the blocks: the gradients of a step are added in the order of the mini-batch.
 */
public final class LocalSteps {
  private final LocalRound round;
  private final BlockWorker worker;
  private final WorkerState state;
  private final double[] start;
  private final Updates updates;
  private final SortedMap<String, double[]> first;
  private final double[] parameters;
  private final double[] gradient;

  /**
   * @param backend of the updates: in float64, as the trainer's
   * @param layout of the worker's parameters
   * @param worker computes the gradients; afterwards it holds any parameters
   * @param start what {@link Rounds#localSteps} was given; only read
   */
  public LocalSteps(
      Backend backend,
      LocalRound round,
      ParameterLayout layout,
      BlockWorker worker,
      double[] start) {
    this.round = round;
    this.worker = worker;
    this.start = start;
    state = new WorkerState(layout, round.averaging());
    parameters = new double[layout.size()];
    gradient = new double[layout.size()];
    updates = new Updates(backend, round.averaging().optimiser(), parameters);
    first = updates.arrays();
    state.restore(start, first);
  }

  /**
   * An empty sum of such results.
   *
   * @param scales null for those that a first round tries
   */
  public static ExactSum sum(ParameterLayout layout, Averaging averaging, @Nullable Scales scales) {
    return ExactSum.ofWorkers(new WorkerState(layout, averaging).views(), scales);
  }

  /**
   * What a worker comes to. It stops where loss or parameters are no number any more; the result
   * then holds such numbers too.
   *
   * @param blocks gives the block of a number, null if it is not there
   * @return by the worker's number: the moves of its parameters, and its state, times the samples
   */
  public BlockResult run(int number, IntFunction<@Nullable Block> blocks) {
    updates.restore(first);
    updates.parameters(parameters);
    Seen seen = new Seen();
    List<List<Integer>> steps = round.stepsOf(number);
    for (int i = 0; i < steps.size(); i++) {
      step(number, i, steps.get(i), blocks, seen);
      if (!Double.isFinite(seen.loss) || !Arrays.stream(parameters).allMatch(Double::isFinite)) {
        break;
      }
    }
    double[] contribution = state.contribution(start, state.flat(updates.arrays()), seen.weight);
    return new BlockResult(
        number,
        contribution,
        seen.loss,
        seen.weight,
        seen.correct,
        seen.failures,
        seen.worstDefect);
  }

  /** Without a sample that completes there is no gradient, and no update. */
  private void step(
      int number, int place, List<Integer> step, IntFunction<@Nullable Block> blocks, Seen seen) {
    if (step.isEmpty()) {
      return;
    }
    worker.load(parameters);
    Arrays.fill(gradient, 0);
    long weight = seen.weight;
    long ofAll = round.stepNumber(place);
    for (int block : step) {
      BlockResult result = worker.gradient(present(number, block, blocks.apply(block)), ofAll);
      double[] ofBlock = result.gradient();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += ofBlock[i];
      }
      seen.add(result);
    }
    weight = seen.weight - weight;
    if (weight > 0) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= weight;
      }
      updates.apply(gradient, round.factors().get(place), Crew.ALONE, ofAll);
      updates.parameters(parameters);
    }
  }

  private Block present(int number, int wanted, @Nullable Block block) {
    if (block == null) {
      throw new IllegalStateException(
          "Round %d: block %d of worker %d is not where its others are. Pack the data for %d workers, and start again from the last checkpoint."
              .formatted(round.number(), wanted, number, round.averaging().workers()));
    }
    return block;
  }

  /** What the samples of all steps together gave. */
  private static final class Seen {
    private double loss;
    private long weight;
    private long correct;
    private double worstDefect;
    private final List<SampleFailure> failures = new ArrayList<>();

    void add(BlockResult result) {
      loss += result.loss();
      weight += result.weight();
      correct += result.correct();
      worstDefect = Math.max(worstDefect, result.worstDefect());
      failures.addAll(result.failures());
    }
  }
}
