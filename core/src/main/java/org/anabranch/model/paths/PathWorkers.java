package org.anabranch.model.paths;

import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.Backends;
import org.anabranch.train.BlockWorkerFactory;

/**
 * Workers of a model of paths, made from the text of its {@code model.json}: what all such
 * factories have in common. A record of these components needs only make the workers.
 */
public interface PathWorkers extends BlockWorkerFactory {
  /** The text of {@code model.json}. */
  String modelJson();

  /** A name that {@link Backends} knows. */
  String backend();

  /** The capacity of the blocks. */
  int capacity();

  /** The seed of the noise. */
  long seed();

  /** The model of {@link #modelJson}. */
  PathModel model();

  @Override
  default String key() {
    return backend() + "/" + capacity() + "/" + seed() + "/" + modelJson();
  }

  @Override
  default ParameterLayout layout() {
    return model().layout();
  }

  @Override
  default int classes() {
    return 0;
  }

  @Override
  default boolean singlePrecision() {
    return backend().equals("simd");
  }
}
