package org.anabranch.spark.job;

import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;

/**
 * The Ornstein-Uhlenbeck process with a drift and a noise that grow with time, on which Kidger et
 * al. (2021, arXiv:2102.03657) show SDE-GANs.
 *
 * <pre>  dY = (μt − θY) dt + σ (2t/64) dW,  Y(0) uniform in (−1, 1),  at times 0, 1, …, 63  </pre>
 *
 * <p>It is linear, so that a step is drawn from its exact law whatever its length: with κ = 2θ, s =
 * t + u and u in [0, 1]
 *
 * <pre>
 *   mean      Y exp(−θ) + μ ∫ exp(−θ(1 − u)) s du
 *   variance  (2σ/64)² ∫ exp(−κ(1 − u)) s² du
 * </pre>
 */
final class OrnsteinUhlenbeck implements Simulation {
  static final double MU = 0.02;
  static final double THETA = 0.1;
  static final double SIGMA = 0.4;
  static final int TIMES = 64;

  private static final double DECAY = StrictMath.exp(-THETA);
  private static final Moments OF_MEAN = Moments.of(THETA);
  private static final Moments OF_VARIANCE = Moments.of(2 * THETA);

  /** The integrals over u in [0, 1] of exp(−rate (1 − u)) times 1, u and u². */
  private record Moments(double zeroth, double first, double second) {
    static Moments of(double rate) {
      double zeroth = (1 - StrictMath.exp(-rate)) / rate;
      double first = (1 - zeroth) / rate;
      return new Moments(zeroth, first, (1 - 2 * first) / rate);
    }
  }

  @Override
  public int standardPaths() {
    return 8192;
  }

  @Override
  public PathSet draw(int paths, long seed) {
    PathShape shape = PathShape.equal(TIMES, 1, List.of("y"), List.of());
    float[] values = new float[Math.multiplyExact(paths, shape.values())];
    IntStream.range(0, paths).parallel().forEach(path -> path(path, seed, values));
    return new PathSet(shape, values, new float[0]);
  }

  private static void path(int path, long seed, float[] values) {
    double y = 2 * CounterRandom.uniform(seed, Stream.SYNTHETIC, path, 0, 0) - 1;
    values[path * TIMES] = (float) y;
    for (int t = 1; t < TIMES; t++) {
      double noise = CounterRandom.normal(seed, Stream.SYNTHETIC, path, t, 0);
      y = mean(y, t - 1) + StrictMath.sqrt(variance(t - 1)) * noise;
      values[path * TIMES + t] = (float) y;
    }
  }

  private static double mean(double y, double t) {
    return y * DECAY + MU * (t * OF_MEAN.zeroth() + OF_MEAN.first());
  }

  private static double variance(double t) {
    double scale = 2 * SIGMA / TIMES;
    Moments m = OF_VARIANCE;
    return scale * scale * (t * t * m.zeroth() + 2 * t * m.first() + m.second());
  }
}
