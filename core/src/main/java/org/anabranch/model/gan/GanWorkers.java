package org.anabranch.model.gan;

import org.anabranch.model.paths.PathWorkers;
import org.anabranch.train.Backends;
import org.anabranch.train.BlockWorker;

/** Workers of an SDE-GAN. */
record GanWorkers(String modelJson, String backend, int capacity, long seed)
    implements PathWorkers {
  private static final long serialVersionUID = 1;

  @Override
  public SdeGan model() {
    return SdeGan.parse(modelJson);
  }

  @Override
  public BlockWorker create() {
    return new GanWorker(model(), Backends.named(backend), capacity, seed);
  }
}
