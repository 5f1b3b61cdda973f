package org.anabranch.train;

import java.util.List;
import org.anabranch.graph.ParameterLayout;
import org.jspecify.annotations.Nullable;

/**
 * Where rounds are computed: threads of this process, or Spark. The trainer neither knows nor
 * cares.
 */
public interface Rounds extends AutoCloseable {
  /**
   * The exact sum of the gradients of some training blocks.
   *
   * @param round the number of the step, which workers that draw random numbers look at
   * @param blocks numbers of training blocks, each once
   * @param scales null to measure magnitudes only
   */
  ExactSum gradient(long round, double[] parameters, List<Integer> blocks, @Nullable Scales scales);

  /**
   * The exact sum of what the logical workers of a round come to by local steps.
   *
   * @param start parameters, and the optimiser's state where it is averaged: a {@link LocalSteps}
   *     takes it
   * @param scales null for those that a first round tries
   */
  ExactSum localSteps(LocalRound round, double[] start, @Nullable Scales scales);

  /** Threads that are free between rounds, for the trainer's own part. */
  Crew crew();

  /** The parameters that rounds take. */
  ParameterLayout layout();

  /** The number of classes; 0 of models that do not classify, which have no accuracy. */
  int classes();

  /** Loss, accuracy and confusion on all test blocks. */
  Evaluation evaluate(double[] parameters);

  /** The same on all validation blocks; no sample where there are none. */
  Evaluation validate(double[] parameters);

  @Override
  void close();
}
