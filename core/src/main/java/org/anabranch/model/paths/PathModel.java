package org.anabranch.model.paths;

import org.anabranch.backend.Backend;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.BlockWorkerFactory;

/** A model that is trained on paths and draws others like them. */
public interface PathModel {
  /** The shape of the paths. */
  PathShape shape();

  /** The text of {@code model.json}: everything but the parameters' values. */
  String toJson();

  ParameterLayout layout();

  /** First values of the parameters, a pure function of the seed. */
  double[] initial(long seed);

  /**
   * Makes workers for blocks.
   *
   * @param backend a name that {@link org.anabranch.train.Backends} knows
   * @param capacity of the blocks
   * @param seed of the noise that training draws
   */
  BlockWorkerFactory workers(String backend, int capacity, long seed);

  /**
   * Draws paths.
   *
   * @param rows drawn at a time
   */
  PathSampler sampler(Backend backend, int rows);
}
