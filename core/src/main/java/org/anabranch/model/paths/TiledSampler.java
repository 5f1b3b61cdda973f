package org.anabranch.model.paths;

import java.util.Arrays;
import java.util.function.LongFunction;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;

/** Draws paths tile by tile, whatever makes the values of a tile. */
public final class TiledSampler implements PathSampler {
  /** What draws as many paths as it has rows. */
  public interface Tile {
    /**
     * Draws paths.
     *
     * @param ids of the rows' noise, of which everything random is a function
     * @param covariates as the model sees them: [rows × covariates]
     */
    void draw(long[] ids, float[] covariates);

    /** The values at a time after that, as the model sees them: [rows × channels]. */
    Buffer value(int time);
  }

  private final PathShape shape;
  private final ChannelScales scales;
  private final ChannelScales covariateScales;
  private final Parameters parameters;
  private final LongFunction<Tile> tiles;
  private final int rows;
  private final long[] ids;
  private final float[] covariates;
  private final double[] numbers;
  private long seed;
  private Tile tile;

  /**
   * @param parameters that the tiles read
   * @param tiles makes one for a seed of the noise
   * @param rows of a tile
   */
  public TiledSampler(
      PathShape shape,
      ChannelScales scales,
      ChannelScales covariateScales,
      Parameters parameters,
      LongFunction<Tile> tiles,
      int rows) {
    this.shape = shape;
    this.scales = scales;
    this.covariateScales = covariateScales;
    this.parameters = parameters;
    this.tiles = tiles;
    this.rows = rows;
    ids = new long[rows];
    covariates = new float[rows * shape.covariates().size()];
    numbers = new double[rows * shape.width()];
    tile = tiles.apply(seed);
  }

  @Override
  public void load(double[] of) {
    parameters.load(of);
  }

  @Override
  public void sample(long ofSeed, long first, int count, float[] given, float[] target) {
    if (ofSeed != seed) {
      tile = tiles.apply(ofSeed);
      seed = ofSeed;
    }
    for (int done = 0; done < count; done += rows) {
      draw(first + done, Math.min(rows, count - done), done, given, target);
    }
  }

  /** Rows beyond those that are wanted draw what they may. */
  private void draw(long first, int count, int done, float[] given, float[] target) {
    int others = shape.covariates().size();
    Arrays.setAll(ids, row -> first + row);
    Arrays.fill(covariates, 0);
    for (int i = 0; i < count * others; i++) {
      covariates[i] = covariateScales.seen(given[done * others + i], i % others);
    }
    tile.draw(ids, covariates);
    for (int time = 0; time < shape.length(); time++) {
      tile.value(time).get(numbers);
      for (int i = 0; i < count * shape.width(); i++) {
        int row = done + i / shape.width();
        int channel = i % shape.width();
        target[(row * shape.length() + time) * shape.width() + channel] =
            scales.told(numbers[i], channel);
      }
    }
  }
}
