package org.anabranch.model.latent;

import java.util.Arrays;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.model.paths.PathSampler;
import org.anabranch.model.paths.PathShape;

/** Draws paths of the prior, tile by tile, without the noise of observations. */
final class LatentSampler implements PathSampler {
  private final LatentSde model;
  private final Backend backend;
  private final int rows;
  private final Parameters parameters;
  private final Accumulators unused;
  private final long[] ids;
  private final float[] covariates;
  private final double[] numbers;
  private long seed;
  private PriorTile tile;

  LatentSampler(LatentSde model, Backend backend, int rows) {
    this.model = model;
    this.backend = backend;
    this.rows = rows;
    PathShape shape = model.shape();
    parameters = backend.parameters(model.layout());
    unused = backend.accumulators(model.layout());
    ids = new long[rows];
    covariates = new float[rows * shape.covariates().size()];
    numbers = new double[rows * shape.width()];
    tile = tile(0);
  }

  private PriorTile tile(long ofSeed) {
    return new PriorTile(model, backend, ofSeed, parameters, unused, rows);
  }

  @Override
  public void load(double[] of) {
    parameters.load(of);
  }

  @Override
  public void sample(long ofSeed, long first, int count, float[] given, float[] target) {
    if (ofSeed != seed) {
      tile = tile(ofSeed);
      seed = ofSeed;
    }
    for (int done = 0; done < count; done += rows) {
      draw(first + done, Math.min(rows, count - done), done, given, target);
    }
  }

  /** Rows beyond those that are wanted draw what they may. */
  private void draw(long first, int count, int done, float[] given, float[] target) {
    int others = model.shape().covariates().size();
    Arrays.setAll(ids, row -> first + row);
    Arrays.fill(covariates, 0);
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < others; i++) {
        covariates[row * others + i] =
            model.covariateScales().seen(given[(done + row) * others + i], i);
      }
    }
    tile.run(ids, covariates);
    PathShape shape = model.shape();
    for (int time = 0; time < shape.length(); time++) {
      tile.value(time).get(numbers);
      for (int i = 0; i < count * shape.width(); i++) {
        int row = done + i / shape.width();
        int channel = i % shape.width();
        target[(row * shape.length() + time) * shape.width() + channel] =
            model.scales().told(numbers[i], channel);
      }
    }
  }
}
