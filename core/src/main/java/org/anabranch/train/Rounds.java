package org.anabranch.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where rounds are computed: threads of this process, or Spark. The trainer neither knows nor
 * cares.
 */
public interface Rounds extends AutoCloseable {
  /**
   * The exact sum of the gradients of some training blocks.
   *
   * @param round for messages and caches; it does not enter the result
   * @param blocks numbers of training blocks, each once
   * @param scales null to measure magnitudes only
   */
  ExactSum gradient(long round, double[] parameters, List<Integer> blocks, @Nullable Scales scales);

  /** Loss, accuracy and confusion on all test blocks. */
  Evaluation evaluate(double[] parameters);

  /** The same on all validation blocks; no sample where there are none. */
  Evaluation validate(double[] parameters);

  @Override
  void close();
}
