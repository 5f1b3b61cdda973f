package org.anabranch.bench;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.graph.Type;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a new motion of a tile's samples for steps of a pattern, at each run. */
final class BrownianAsker implements TilePool.Work {
  /** In which order steps are asked for. */
  enum Pattern {
    SEQUENTIAL {
      @Override
      int[] steps(int count) {
        return IntStream.range(0, count).toArray();
      }
    },
    THERE_AND_BACK {
      @Override
      int[] steps(int count) {
        return IntStream.range(0, 2 * count).map(i -> Math.min(i, 2 * count - 1 - i)).toArray();
      }
    },
    RANDOM {
      @Override
      int[] steps(int count) {
        int[] steps = SEQUENTIAL.steps(count);
        for (int i = count - 1; i > 0; i--) {
          int other = CounterRandom.below(i + 1, 1, Stream.SYNTHETIC, 0, 0, i);
          int step = steps[i];
          steps[i] = steps[other];
          steps[other] = step;
        }
        return steps;
      }
    };

    abstract int[] steps(int count);
  }

  private final LongFunction<BrownianMotion> motionOf;
  private final int[] steps;
  private final int count;
  private final long[] samples;
  private final double[] from;
  private final double[] to;
  private final Buffer increment;
  private final @Nullable Buffer area;
  private long seed;

  /**
   * @param motionOf a motion of a seed
   * @param steps to be asked for, of {@code count} equal ones
   * @param rows samples of a tile
   */
  BrownianAsker(
      LongFunction<BrownianMotion> motionOf, int[] steps, int count, int rows, boolean areas) {
    this.motionOf = motionOf;
    this.steps = steps;
    this.count = count;
    samples = new long[rows];
    from = new double[rows];
    to = new double[rows];
    Backend backend = new SimdBackend();
    Type type = Type.perSample(motionOf.apply(0).motions());
    increment = backend.buffer(type, rows);
    area = areas ? backend.buffer(type, rows) : null;
  }

  @Override
  public void load() {
    seed++;
  }

  @Override
  public double run(int tile, double[] gradient) {
    Arrays.setAll(samples, row -> (long) tile * samples.length + row);
    BrownianMotion motion = motionOf.apply(seed);
    for (int step : steps) {
      Arrays.fill(from, step * (1.0 / count));
      Arrays.fill(to, step + 1 == count ? 1 : (step + 1) * (1.0 / count));
      motion.over(samples, from, to, increment, area);
    }
    return 0;
  }
}
