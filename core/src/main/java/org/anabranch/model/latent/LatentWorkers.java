package org.anabranch.model.latent;

import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.Backends;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.BlockWorkerFactory;

/**
 * Workers of a latent SDE, made from the text of its {@code model.json}.
 *
 * @param backend a name that {@link Backends} knows
 * @param capacity of the blocks
 * @param seed of the noise
 */
record LatentWorkers(String modelJson, String backend, int capacity, long seed)
    implements BlockWorkerFactory {
  private static final long serialVersionUID = 1;

  @Override
  public String key() {
    return backend + "/" + capacity + "/" + seed + "/" + modelJson;
  }

  @Override
  public BlockWorker create() {
    return new LatentWorker(LatentSde.parse(modelJson), Backends.named(backend), capacity, seed);
  }

  @Override
  public ParameterLayout layout() {
    return LatentSde.parse(modelJson).layout();
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public boolean singlePrecision() {
    return backend.equals("simd");
  }
}
