package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Perceptron;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.BrownianNeed;
import org.anabranch.train.Safetensors;
import org.jspecify.annotations.Nullable;

/**
 * The neural SDE of workload W1: a generator's initial network, drift and diffusion (general noise,
 * Stratonovich), with weights, initial noise and the increments of its Brownian motions over steps
 * of size 1. The loss is the mean of x² over samples, components and all times but the first.
 */
final class SdeProblem {
  /** Steps of the peers' solves, and the time at which they end. */
  static final int STEPS = 63;

  static final int BATCH = 1024;
  private static final int MOTIONS = 3;
  private static final int INITIAL_NOISE = 5;
  private static final long SEED = 1;

  /** The peers' sizes. */
  enum Size {
    S(16, 16, 1),
    M(32, 64, 2),
    L(96, 128, 2);

    private final int hidden;
    private final int width;
    private final int layers;

    Size(int hidden, int width, int layers) {
      this.hidden = hidden;
      this.width = width;
      this.layers = layers;
    }
  }

  private final Perceptron initial;
  private final Perceptron drift;
  private final Perceptron diffusion;
  private final int dimension;
  private final int rows;
  private final int steps;
  private final ParameterLayout layout;
  private final double[] parameters;
  private final float[] initialNoise;

  /** [step][sample × motion]; null where a solve draws them. */
  private final float @Nullable [][] increments;

  private SdeProblem(
      Size size,
      int rows,
      int steps,
      Map<String, float[]> weights,
      float[] noise,
      float @Nullable [][] increments) {
    dimension = size.hidden;
    this.rows = rows;
    this.steps = steps;
    initial = network("init", INITIAL_NOISE, size, dimension);
    drift = network("drift", 1 + dimension, size, dimension);
    diffusion = network("diffusion", 1 + dimension, size, dimension * MOTIONS);
    layout = layout(size);
    parameters = PeerTensors.flat(layout, weights);
    initialNoise = noise;
    this.increments = increments;
  }

  private static Perceptron network(String name, int inputs, Size size, int outputs) {
    List<Integer> widths = new ArrayList<>(List.of(inputs));
    widths.addAll(Collections.nCopies(size.layers, size.width));
    widths.add(outputs);
    return new Perceptron(name, widths, Activation.LIP_SWISH);
  }

  private static ParameterLayout layout(Size size) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.putAll(network("init", INITIAL_NOISE, size, size.hidden).parameters());
    shapes.putAll(network("drift", 1 + size.hidden, size, size.hidden).parameters());
    shapes.putAll(network("diffusion", 1 + size.hidden, size, size.hidden * MOTIONS).parameters());
    return ParameterLayout.of(shapes);
  }

  /** The peers' sizes and distributions, not their numbers. */
  static SdeProblem drawn(Size size) {
    return drawn(size, STEPS, BATCH);
  }

  /** The same over other steps to the same end, and of other many samples. */
  static SdeProblem drawn(Size size, int steps, int rows) {
    ParameterLayout layout = layout(size);
    Map<String, float[]> weights = new LinkedHashMap<>();
    int inputs = 1;
    for (int tensor = 0; tensor < layout.views().size(); tensor++) {
      ParameterLayout.View view = layout.views().get(tensor);
      boolean matrix = view.shape().rank() == 2;
      inputs = matrix ? view.shape().columns() : inputs; // a bias follows its matrix
      float[] values = new float[view.size()];
      for (int i = 0; i < values.length; i++) {
        double u = CounterRandom.uniform(SEED, Stream.INITIALISER, tensor, 0, i);
        values[i] = (float) ((2 * u - 1) / Math.sqrt(inputs));
      }
      weights.put(view.name(), values);
    }
    float[] noise = new float[rows * INITIAL_NOISE];
    for (int i = 0; i < noise.length; i++) {
      int sample = i / INITIAL_NOISE;
      noise[i] = (float) CounterRandom.normal(SEED, Stream.SYNTHETIC, sample, 0, i % INITIAL_NOISE);
    }
    return new SdeProblem(size, rows, steps, weights, noise, null);
  }

  /** Weights, initial noise and increments of torchsde, from {@code bench/export-sde-peer.py}. */
  static SdeProblem read(Size size, Path file) throws IOException {
    PeerTensors tensors =
        new PeerTensors(
            Safetensors.read(Files.readAllBytes(file), file.toString()).tensors(),
            file,
            "bench/export-sde-peer.py");
    Map<String, float[]> weights = tensors.weights(layout(size));
    int batch = tensors.extent("initialNoise", 0);
    float[] noise = tensors.of("initialNoise", List.of(batch, INITIAL_NOISE));
    float[][] increments = tensors.steps("increments", STEPS, batch, MOTIONS);
    return new SdeProblem(size, batch, STEPS, weights, noise, increments);
  }

  StochasticField field() {
    return StochasticField.of(
        dimension,
        Noise.GENERAL,
        Calculus.STRATONOVICH,
        (t, y) -> {
          Value input = withTime(t, y);
          return new Coefficients(
              drift.apply(input).tanh(), columns(diffusion.apply(input).tanh(), MOTIONS));
        });
  }

  /** Time, then the state: what the peers' networks read. */
  static Value withTime(Value t, Value y) {
    Value time = t.broadcast(1).plus(y.slice(0, 1).detached().times(0)); // of each sample
    return Value.concatenate(List.of(time, y));
  }

  /** A matrix from its columns, one after another. */
  static Value columns(Value all, int count) {
    int size = all.type().shape().size() / count;
    return all.reshaped(Shape.matrix(count, size)).transposed();
  }

  /** x at the start, of a sample's initial noise. */
  Value start(Value noise) {
    return initial.apply(noise);
  }

  int initialNoiseSize() {
    return INITIAL_NOISE;
  }

  int motions() {
    return MOTIONS;
  }

  int dimension() {
    return dimension;
  }

  int rows() {
    return rows;
  }

  int steps() {
    return steps;
  }

  ParameterLayout layout() {
    return layout;
  }

  /** All weights, in the order of the layout: not to be written to. */
  double[] parameters() {
    return parameters;
  }

  float[] initialNoise(int first, int count) {
    float[] noise = new float[count * INITIAL_NOISE];
    System.arraycopy(initialNoise, first * INITIAL_NOISE, noise, 0, noise.length);
    return noise;
  }

  /** What drives the steps of a tile of samples, which is told the first one's place. */
  TileDrive drive(BrownianKind kind, int rows) {
    float[][] given = increments;
    if (given == null) {
      BrownianMotion motion = kind.of(SEED, STEPS, MOTIONS, false, steps, 0);
      return TileDrive.drawn(new BrownianDrive(motion, BrownianNeed.INCREMENT, rows), rows);
    }
    return TileDrive.given(given, 1, MOTIONS, rows);
  }
}
