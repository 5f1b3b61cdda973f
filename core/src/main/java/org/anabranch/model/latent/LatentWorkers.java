package org.anabranch.model.latent;

import org.anabranch.model.paths.PathWorkers;
import org.anabranch.train.Backends;
import org.anabranch.train.BlockWorker;

/** Workers of a latent SDE. */
record LatentWorkers(String modelJson, String backend, int capacity, long seed)
    implements PathWorkers {
  private static final long serialVersionUID = 1;

  @Override
  public LatentSde model() {
    return LatentSde.parse(modelJson);
  }

  @Override
  public BlockWorker create() {
    return new LatentWorker(model(), Backends.named(backend), capacity, seed);
  }
}
