package org.anabranch.model.paths;

import java.util.Arrays;
import org.anabranch.backend.Buffer;
import org.anabranch.train.Block;

/**
 * The paths of a block as a model sees them: scaled, and what is missing on a straight line between
 * its neighbours in time. Rows beyond the block's repeat its first.
 */
public final class BlockPaths {
  private final PathShape shape;
  private final ChannelScales scales;
  private final ChannelScales covariateScales;
  private final int rows;
  private final float[] features;
  private final float[] ofTime;
  private final float[] covariates;

  /**
   * @param rows the capacity of the blocks
   */
  public BlockPaths(
      PathShape shape, ChannelScales scales, ChannelScales covariateScales, int rows) {
    this.shape = shape;
    this.scales = scales;
    this.covariateScales = covariateScales;
    this.rows = rows;
    features = new float[rows * shape.features()];
    ofTime = new float[rows * shape.width()];
    covariates = new float[rows * shape.covariates().size()];
  }

  /**
   * Takes the paths of a block.
   *
   * @throws IllegalArgumentException if they are of another shape
   */
  public void take(Block block) {
    int width = shape.features();
    shape.requireFit(block, rows);
    Arrays.fill(features, 0);
    block.copyFeatures(features);
    for (int row = 0; row < block.rows(); row++) {
      for (int channel = 0; channel < shape.width(); channel++) {
        scale(row, channel);
        bridge(row, channel);
      }
      for (int i = 0; i < shape.covariates().size(); i++) {
        int at = row * width + shape.values() + i;
        features[at] = covariateScales.seen(features[at], i);
      }
    }
    for (int row = block.rows(); row < rows; row++) {
      replace(row, 0);
    }
  }

  /** Has a row repeat another. */
  public void replace(int row, int by) {
    System.arraycopy(
        features, by * shape.features(), features, row * shape.features(), shape.features());
  }

  private int at(int row, int time, int channel) {
    return row * shape.features() + time * shape.width() + channel;
  }

  private void scale(int row, int channel) {
    for (int time = 0; time < shape.length(); time++) {
      int at = at(row, time, channel);
      features[at] = scales.seen(features[at], channel);
    }
  }

  private void bridge(int row, int channel) {
    int last = -1;
    for (int time = 0; time < shape.length(); time++) {
      if (Float.isNaN(features[at(row, time, channel)])) {
        continue;
      }
      for (int between = last + 1; between < time; between++) {
        int from = last < 0 ? time : last;
        double share =
            from == time
                ? 0
                : (shape.times().get(between) - shape.times().get(from))
                    / (shape.times().get(time) - shape.times().get(from));
        features[at(row, between, channel)] =
            (float)
                ((1 - share) * features[at(row, from, channel)]
                    + share * features[at(row, time, channel)]);
      }
      last = time;
    }
    for (int behind = last + 1; behind < shape.length(); behind++) {
      features[at(row, behind, channel)] = last < 0 ? 0 : features[at(row, last, channel)];
    }
  }

  /** Writes the values at a time: [rows × channels]. */
  public void values(int time, Buffer target) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(features, at(row, time, 0), ofTime, row * shape.width(), shape.width());
    }
    target.set(ofTime);
  }

  /** The covariates of all rows, one row after another: of this object until the next block. */
  public float[] covariates() {
    int count = shape.covariates().size();
    for (int row = 0; row < rows; row++) {
      System.arraycopy(
          features, row * shape.features() + shape.values(), covariates, row * count, count);
    }
    return covariates;
  }
}
