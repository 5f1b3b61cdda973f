package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.train.Safetensors;
import org.anabranch.train.Tensor;

/**
 * Paths of the stochastic Lorenz attractor as torchsde's example has them (Li et al. 2020,
 * arXiv:2001.01328, section 7.2): 100 times of [0, 2] from standard normal starts, standardised,
 * and noise of deviation 0.01 added.
 *
 * <pre>
 *   dx₁ = 10 (x₂ − x₁) dt + 0.1 x₁ dW₁
 *   dx₂ = (28 x₁ − x₂ − x₁x₃) dt + 0.28 x₂ dW₂
 *   dx₃ = (x₁x₂ − 8/3 x₃) dt + 0.3 x₃ dW₃
 * </pre>
 */
final class LorenzPaths {
  static final int TIMES = 100;
  static final int CHANNELS = 3;
  static final double END = 2;
  static final int TRAIN = 1024;
  static final int TEST = 256;

  private static final int VALUES = TIMES * CHANNELS;

  /** Of Euler and Maruyama's method from one time to the next. */
  private static final int STEPS = 20;

  private static final double NOISE = 0.01;
  private static final double[] DEVIATIONS = {0.1, 0.28, 0.3};
  private static final long SEED = 20;

  private LorenzPaths() {}

  /** Writes tensors {@code train} and {@code test}, each [paths × times × channels]. */
  static void write(Path file) throws IOException {
    float[] all = standardised(simulated(TRAIN + TEST));
    float[] train = new float[TRAIN * VALUES];
    float[] test = new float[TEST * VALUES];
    System.arraycopy(all, 0, train, 0, train.length);
    System.arraycopy(all, train.length, test, 0, test.length);
    Map<String, Tensor> tensors =
        Map.of(
            "train", Tensor.ofFloats(List.of(TRAIN, TIMES, CHANNELS), train),
            "test", Tensor.ofFloats(List.of(TEST, TIMES, CHANNELS), test));
    Files.write(file, new Safetensors(tensors, Map.of()).toBytes());
  }

  /** The numbers of one of the tensors. */
  static float[] read(Path file, String name) throws IOException {
    Safetensors content = Safetensors.read(Files.readAllBytes(file), file.toString());
    PeerTensors tensors =
        new PeerTensors(content.tensors(), file, "anabranch bench latent-training");
    return tensors.of(name, List.of(tensors.extent(name, 0), TIMES, CHANNELS));
  }

  /** {@code paths × times × channels}. */
  static double[] simulated(int paths) {
    double[] values = new double[paths * VALUES];
    double h = END / (TIMES - 1) / STEPS;
    double[] x = new double[CHANNELS];
    for (int path = 0; path < paths; path++) {
      for (int i = 0; i < CHANNELS; i++) {
        x[i] = normal(0, path, 0, i);
      }
      System.arraycopy(x, 0, values, path * VALUES, CHANNELS);
      for (int step = 1; step <= (TIMES - 1) * STEPS; step++) {
        step(x, h, path, step);
        if (step % STEPS == 0) {
          System.arraycopy(x, 0, values, path * VALUES + step / STEPS * CHANNELS, CHANNELS);
        }
      }
    }
    return values;
  }

  private static void step(double[] x, double h, int path, int step) {
    double x1 = x[0];
    double x2 = x[1];
    double x3 = x[2];
    double[] drift = {10 * (x2 - x1), 28 * x1 - x2 - x1 * x3, x1 * x2 - 8 * x3 / 3};
    for (int i = 0; i < CHANNELS; i++) {
      x[i] += drift[i] * h + DEVIATIONS[i] * x[i] * Math.sqrt(h) * normal(1, path, step, i);
    }
  }

  private static float[] standardised(double[] values) {
    double[] sums = new double[CHANNELS];
    double[] squares = new double[CHANNELS];
    for (int i = 0; i < values.length; i++) {
      sums[i % CHANNELS] += values[i];
      squares[i % CHANNELS] += values[i] * values[i];
    }
    double count = (double) values.length / CHANNELS;
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i % CHANNELS;
      double mean = sums[channel] / count;
      double deviation = Math.sqrt(squares[channel] / count - mean * mean);
      result[i] = (float) ((values[i] - mean) / deviation + NOISE * normal(2, i, 0, 0));
    }
    return result;
  }

  private static double normal(int kind, int path, int step, int component) {
    return CounterRandom.normal(SEED + kind, Stream.SYNTHETIC, path, step, component);
  }
}
