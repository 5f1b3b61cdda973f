package org.anabranch.bench;

import java.util.Map;
import java.util.function.IntConsumer;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.BrownianNeed;
import org.anabranch.solver.Drive;
import org.anabranch.solver.HeldContext;
import org.jspecify.annotations.Nullable;

/**
 * What drives the steps of one tile after the other.
 *
 * @param toSample told the place of a tile's first sample
 */
record TileDrive(Drive drive, IntConsumer toSample) {
  static TileDrive drawn(BrownianDrive drive, int rows) {
    return new TileDrive(
        drive,
        first -> {
          long[] ids = new long[rows];
          for (int row = 0; row < rows; row++) {
            ids[row] = (long) first + row;
          }
          drive.samples(ids);
        });
  }

  /** Has it hold context. */
  void hold(HeldContext context) {
    if (drive instanceof BrownianDrive drawn) {
      drawn.holding(context);
    } else {
      ((Given) drive).held = context;
    }
  }

  /**
   * @param increments [step][sample × motion], of equal steps from 0
   */
  static TileDrive given(float[][] increments, double stepSize, int motions, int rows) {
    Given given = new Given(increments, stepSize, motions, rows);
    return new TileDrive(given, first -> given.first = first);
  }

  private static final class Given implements Drive {
    private final float[][] increments;
    private final double stepSize;
    private final int motions;
    private @Nullable HeldContext held;
    private final float[] numbers;
    private int first;

    Given(float[][] increments, double stepSize, int motions, int rows) {
      this.increments = increments;
      this.stepSize = stepSize;
      this.motions = motions;
      numbers = new float[rows * motions];
    }

    @Override
    public @Nullable HeldContext held() {
      return held;
    }

    @Override
    public Map<String, Type> inputs() {
      return Map.of(BrownianNeed.INCREMENT_NAME, Type.perSample(motions));
    }

    @Override
    public void supply(int[] samples, double[] from, double[] to, Map<String, Buffer> target) {
      System.arraycopy(
          increments[(int) Math.round(from[0] / stepSize)],
          first * motions,
          numbers,
          0,
          numbers.length);
      target.values().iterator().next().set(numbers);
    }
  }
}
