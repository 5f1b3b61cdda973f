package org.anabranch.model.gan;

import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.Backends;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.BlockWorkerFactory;

/**
 * Workers of an SDE-GAN, made from the text of its {@code model.json}.
 *
 * @param backend a name that {@link Backends} knows
 * @param capacity of the blocks
 * @param seed of the noise
 */
record GanWorkers(String modelJson, String backend, int capacity, long seed)
    implements BlockWorkerFactory {
  private static final long serialVersionUID = 1;

  @Override
  public String key() {
    return backend + "/" + capacity + "/" + seed + "/" + modelJson;
  }

  @Override
  public BlockWorker create() {
    return new GanWorker(SdeGan.parse(modelJson), Backends.named(backend), capacity, seed);
  }

  @Override
  public ParameterLayout layout() {
    return SdeGan.parse(modelJson).layout();
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
