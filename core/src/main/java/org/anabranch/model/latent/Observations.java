package org.anabranch.model.latent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;
import org.anabranch.model.paths.PathShape;
import org.anabranch.train.Block;

/**
 * The paths of a block as the model sees them, time by time: of each sample the values, 0 where
 * missing, then 1 or 0 for each that is there or not, then the covariates.
 */
final class Observations {
  private final LatentSde model;
  private final int rows;
  private final int width;
  private final float[] features;
  private final float[] ofTime;
  private final float[] covariates;
  private final List<Buffer> times = new ArrayList<>();
  private final Buffer covariateBuffer;

  Observations(LatentSde model, Backend backend, int rows) {
    this.model = model;
    this.rows = rows;
    PathShape shape = model.shape();
    int others = shape.covariates().size();
    width = 2 * shape.width() + others;
    features = new float[rows * shape.features()];
    ofTime = new float[rows * width];
    covariates = new float[rows * Math.max(1, others)];
    for (int time = 0; time < shape.length(); time++) {
      times.add(backend.buffer(Type.perSample(width), rows));
    }
    covariateBuffer = backend.buffer(Type.perSample(Math.max(1, others)), rows);
  }

  /** The numbers of a sample at a time. */
  int width() {
    return width;
  }

  /** What was observed at a time: [rows × width]. */
  Buffer at(int time) {
    return times.get(time);
  }

  /** [rows × covariates]; of width 1, and not to be read, where there are none. */
  Buffer covariates() {
    return covariateBuffer;
  }

  /**
   * Takes the paths of a block; rows beyond its own repeat its first.
   *
   * @throws IllegalArgumentException if they are of another shape
   */
  void take(Block block) {
    PathShape shape = model.shape();
    shape.requireFit(block, rows);
    Arrays.fill(features, 0);
    block.copyFeatures(features);
    for (int row = 0; row < block.rows(); row++) {
      scale(row);
    }
    for (int row = block.rows(); row < rows; row++) {
      replace(row, 0);
    }
  }

  private void scale(int row) {
    PathShape shape = model.shape();
    int start = row * shape.features();
    for (int i = 0; i < shape.values(); i++) {
      features[start + i] = model.scales().seen(features[start + i], i % shape.width());
    }
    for (int i = 0; i < shape.covariates().size(); i++) {
      int at = start + shape.values() + i;
      features[at] = model.covariateScales().seen(features[at], i);
    }
  }

  /** Has a row repeat another. */
  void replace(int row, int by) {
    int size = model.shape().features();
    System.arraycopy(features, by * size, features, row * size, size);
  }

  /** A value as the model sees it, NaN where missing. */
  float value(int row, int time, int channel) {
    PathShape shape = model.shape();
    return features[row * shape.features() + time * shape.width() + channel];
  }

  /** Sets the buffers. */
  void store() {
    PathShape shape = model.shape();
    int others = shape.covariates().size();
    for (int row = 0; row < rows; row++) {
      int from = row * shape.features() + shape.values();
      System.arraycopy(features, from, ofTime, row * width + 2 * shape.width(), others);
      System.arraycopy(features, from, covariates, row * others, others);
    }
    if (others > 0) {
      covariateBuffer.set(covariates);
    }
    for (int time = 0; time < shape.length(); time++) {
      for (int row = 0; row < rows; row++) {
        storeValues(row, time);
      }
      times.get(time).set(ofTime);
    }
  }

  private void storeValues(int row, int time) {
    int channels = model.shape().width();
    for (int channel = 0; channel < channels; channel++) {
      float value = value(row, time, channel);
      boolean missing = Float.isNaN(value);
      ofTime[row * width + channel] = missing ? 0 : value;
      ofTime[row * width + channels + channel] = missing ? 0 : 1;
    }
  }

  long bytes() {
    return covariateBuffer.bytes() + times.stream().mapToLong(Buffer::bytes).sum();
  }
}
