package org.anabranch.model.gan;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.train.Block;

/** Paths of dY = (0.02 t − 0.1 Y) dt + 0.4 · 2t/64 dW, Y(0) uniform in ±1, in steps of Euler. */
final class OrnsteinUhlenbeck {
  private static final int SUBSTEPS = 10;

  private OrnsteinUhlenbeck() {}

  static float[] path(long seed, long number, int length) {
    float[] path = new float[length];
    double y = 2 * CounterRandom.uniform(seed, Stream.SYNTHETIC, number, 0, 0) - 1;
    double h = 1.0 / SUBSTEPS;
    for (int time = 0; time < length; time++) {
      path[time] = (float) y;
      for (int sub = 0; sub < SUBSTEPS; sub++) {
        double t = time + sub * h;
        double dw =
            Math.sqrt(h)
                * CounterRandom.normal(
                    seed, Stream.SYNTHETIC, number, 1 + time * SUBSTEPS + sub, 0);
        y += (0.02 * t - 0.1 * y) * h + 0.4 * 2 * t / 64 * dw;
      }
    }
    return path;
  }

  static List<Block> blocks(long seed, int paths, int capacity, int length) {
    List<Block> blocks = new ArrayList<>();
    for (int first = 0; first < paths; first += capacity) {
      float[] features = new float[capacity * length];
      long[] ids = new long[capacity];
      for (int row = 0; row < capacity; row++) {
        System.arraycopy(path(seed, first + row, length), 0, features, row * length, length);
        ids[row] = (long) first + row;
      }
      blocks.add(Block.of(first / capacity, capacity, length, ids, features, new float[capacity]));
    }
    return blocks;
  }
}
