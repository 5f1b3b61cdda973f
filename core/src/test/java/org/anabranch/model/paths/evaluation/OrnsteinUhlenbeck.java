package org.anabranch.model.paths.evaluation;

import java.util.Collections;
import java.util.List;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;

/**
 * Paths of dX = rate (mean − X) dt + noise dW over [0, 4], from its stationary law, drawn exactly
 * at equal times.
 */
record OrnsteinUhlenbeck(double rate, double mean, double noise, int length) {
  static final OrnsteinUhlenbeck USUAL = new OrnsteinUhlenbeck(1, 0, 1, 33);

  double step() {
    return 4.0 / (length - 1);
  }

  /** The correlation of neighbouring values. */
  double persistence() {
    return Math.exp(-rate * step());
  }

  double deviation() {
    return noise / Math.sqrt(2 * rate);
  }

  PathShape shape() {
    return PathShape.equal(length, step(), List.of("x"), List.of());
  }

  PathSet paths(int count, long seed) {
    double keeps = persistence();
    double fresh = deviation() * Math.sqrt(1 - keeps * keeps);
    float[] values = new float[count * length];
    for (int path = 0; path < count; path++) {
      double x = deviation() * normal(seed, path, 0);
      for (int time = 0; time < length; time++) {
        x = time == 0 ? x : keeps * x + fresh * normal(seed, path, time);
        values[path * length + time] = (float) (mean + x);
      }
    }
    return new PathSet(shape(), values, new float[0]);
  }

  private static double normal(long seed, int path, int time) {
    return CounterRandom.normal(seed, Stream.SYNTHETIC, path, time, 0);
  }

  /** The paths with each value missing with a probability. */
  static PathSet withGaps(PathSet paths, double share, long seed) {
    float[] values = new float[paths.size() * paths.shape().values()];
    for (int path = 0; path < paths.size(); path++) {
      paths.copyPath(path, values, path * paths.shape().values());
    }
    for (int i = 0; i < values.length; i++) {
      if (CounterRandom.uniform(seed, Stream.SYNTHETIC, i, 0, 1) < share) {
        values[i] = Float.NaN;
      }
    }
    return new PathSet(paths.shape(), values, new float[0]);
  }

  /** Paths of one channel, given value by value. */
  static PathSet given(float[]... paths) {
    int length = paths[0].length;
    float[] values = new float[paths.length * length];
    for (int i = 0; i < paths.length; i++) {
      System.arraycopy(paths[i], 0, values, i * length, length);
    }
    return new PathSet(
        PathShape.equal(length, 1, Collections.singletonList("x"), List.of()),
        values,
        new float[0]);
  }
}
