package org.anabranch.spark.job;

import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;

/**
 * Lorenz's system with noise, on which Li et al. (2020, arXiv:2001.01328) show latent SDEs; as
 * torchsde's example has it.
 *
 * <pre>
 *   dx₁ = 10 (x₂ − x₁) dt            + 0.1  x₁ dW₁
 *   dx₂ = (x₁ (28 − x₃) − x₂) dt     + 0.28 x₂ dW₂     (Itô)
 *   dx₃ = (x₁ x₂ − 8/3 x₃) dt        + 0.3  x₃ dW₃
 *   x(0) standard normal; 100 equal times from 0 to 2
 * </pre>
 *
 * <p>Each channel is brought to mean 0 and deviation 1 over all paths and times, so that a path
 * depends on how many there are; then normal noise of deviation 0.01 is added to every value. Steps
 * are Milstein's (strong order 1), {@value #STEPS} between two times.
 */
final class StochasticLorenz implements Simulation {
  static final int TIMES = 100;

  private static final int CHANNELS = 3;
  private static final int STEPS = 20;
  private static final double END = 2;
  private static final double OBSERVATION_NOISE = 0.01;
  private static final double[] NOISE = {0.1, 0.28, 0.3};

  /** Components of random numbers: those of observations come after those of the motion. */
  private static final int OBSERVED = CHANNELS;

  @Override
  public int standardPaths() {
    return 1024;
  }

  @Override
  public PathSet draw(int paths, long seed) {
    double step = END / (TIMES - 1);
    PathShape shape = PathShape.equal(TIMES, step, List.of("x1", "x2", "x3"), List.of());
    double[] values = new double[Math.multiplyExact(paths, shape.values())];
    IntStream.range(0, paths).parallel().forEach(path -> path(path, seed, values));
    for (int channel = 0; channel < CHANNELS; channel++) {
      normalise(values, channel);
    }
    float[] observed = new float[values.length];
    for (int i = 0; i < observed.length; i++) {
      int time = i / CHANNELS % TIMES;
      int component = OBSERVED + i % CHANNELS;
      long path = i / shape.values();
      double noise = CounterRandom.normal(seed, Stream.SYNTHETIC, path, time, component);
      observed[i] = (float) (values[i] + OBSERVATION_NOISE * noise);
    }
    return new PathSet(shape, observed, new float[0]);
  }

  private static void path(int path, long seed, double[] values) {
    double[] x = new double[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      x[channel] = CounterRandom.normal(seed, Stream.SYNTHETIC, path, 0, channel);
    }
    for (int time = 0; time < TIMES; time++) {
      if (time > 0) {
        for (int step = 1; step <= STEPS; step++) {
          step(x, seed, path, (time - 1) * STEPS + step);
        }
      }
      System.arraycopy(x, 0, values, (path * TIMES + time) * CHANNELS, CHANNELS);
    }
  }

  private static void step(double[] x, long seed, int path, int number) {
    double h = END / (TIMES - 1) / STEPS;
    double[] drift = {10 * (x[1] - x[0]), x[0] * (28 - x[2]) - x[1], x[0] * x[1] - 8.0 / 3 * x[2]};
    for (int i = 0; i < CHANNELS; i++) {
      double normal = CounterRandom.normal(seed, Stream.SYNTHETIC, path, number, i);
      double dw = StrictMath.sqrt(h) * normal;
      double sigma = NOISE[i];
      x[i] += drift[i] * h + sigma * x[i] * dw + sigma * sigma * x[i] * (dw * dw - h) / 2;
    }
  }

  private static void normalise(double[] values, int channel) {
    int count = values.length / CHANNELS;
    double sum = 0;
    for (int i = channel; i < values.length; i += CHANNELS) {
      sum += values[i];
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = channel; i < values.length; i += CHANNELS) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    double deviation = StrictMath.sqrt(squares / (count - 1));
    for (int i = channel; i < values.length; i += CHANNELS) {
      values[i] = (values[i] - mean) / deviation;
    }
  }
}
