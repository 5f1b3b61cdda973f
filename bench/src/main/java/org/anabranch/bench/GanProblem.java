package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Dense;
import org.anabranch.nn.Perceptron;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.BrownianNeed;
import org.anabranch.train.Safetensors;
import org.jspecify.annotations.Nullable;

/**
 * Both nets of workload W2, torchsde's SDE-GAN: a generator (initial network, stochastic equation
 * with general noise, affine read-out at 64 times) and a discriminator (initial network, equation
 * controlled by time and path, affine score). Loss: mean score of generated paths less that of real
 * ones, with the gradient of both nets.
 */
final class GanProblem {
  static final int STEPS = 63;
  static final int HIDDEN = 16;
  static final int INITIAL_NOISE = 5;
  static final int DATA = 1;
  private static final int WIDTH = 16;
  private static final int MOTIONS = 3;
  private static final int BATCH = 1024;
  private static final long SEED = 1;

  private static final Perceptron INITIAL = perceptron("generator.init", INITIAL_NOISE, HIDDEN);
  private static final Perceptron DRIFT = perceptron("generator.drift", 1 + HIDDEN, HIDDEN);
  private static final Perceptron DIFFUSION =
      perceptron("generator.diffusion", 1 + HIDDEN, HIDDEN * MOTIONS);
  private static final Dense READOUT = new Dense("generator.readout", HIDDEN, DATA);
  private static final Perceptron FIRST = perceptron("discriminator.init", 1 + DATA, HIDDEN);
  private static final Perceptron CONTROLLED =
      perceptron("discriminator.field", 1 + HIDDEN, HIDDEN * (1 + DATA));
  private static final Dense SCORE = new Dense("discriminator.readout", HIDDEN, 1);

  private final int rows;
  private final ParameterLayout layout = layout();
  private final double[] parameters;
  private final float[] noise;

  /** [time][sample x channel]. */
  private final float[] real;

  private final float @Nullable [][] increments;

  private GanProblem(
      Map<String, float[]> weights, float[] noise, float[] real, float @Nullable [][] increments) {
    rows = noise.length / INITIAL_NOISE;
    parameters = PeerTensors.flat(layout, weights);
    this.noise = noise;
    this.real = real;
    this.increments = increments;
  }

  private static Perceptron perceptron(String name, int inputs, int outputs) {
    return new Perceptron(name, List.of(inputs, WIDTH, outputs), Activation.LIP_SWISH);
  }

  private static ParameterLayout layout() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Perceptron net : List.of(INITIAL, DRIFT, DIFFUSION, FIRST, CONTROLLED)) {
      shapes.putAll(net.parameters());
    }
    shapes.putAll(READOUT.parameters());
    shapes.putAll(SCORE.parameters());
    return ParameterLayout.of(shapes);
  }

  /** The peer's sizes, not its numbers: real paths are Brownian motions times 0.3. */
  static GanProblem drawn() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (ParameterLayout.View view : layout().views()) {
      float[] values = new float[view.size()];
      for (int i = 0; i < values.length; i++) {
        double u = CounterRandom.uniform(SEED, Stream.INITIALISER, weights.size(), 0, i);
        values[i] = (float) ((2 * u - 1) / Math.sqrt(WIDTH));
      }
      weights.put(view.name(), values);
    }
    float[] noise = new float[BATCH * INITIAL_NOISE];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) CounterRandom.normal(SEED, Stream.SYNTHETIC, 0, 0, i);
    }
    float[] real = new float[(STEPS + 1) * BATCH];
    for (int i = 0; i < real.length; i++) {
      float before = i < BATCH ? 0 : real[i - BATCH];
      real[i] = before + (float) (0.3 * CounterRandom.normal(SEED, Stream.SYNTHETIC, 1, 0, i));
    }
    return new GanProblem(weights, noise, real, null);
  }

  /** What {@code bench/sde-gan-peer.py --export} wrote. */
  static GanProblem read(Path file) throws IOException {
    PeerTensors tensors =
        new PeerTensors(
            Safetensors.read(Files.readAllBytes(file), file.toString()).tensors(),
            file,
            "bench/sde-gan-peer.py");
    int rows = tensors.extent("noise", 0);
    return new GanProblem(
        tensors.weights(layout()),
        tensors.of("noise", List.of(rows, INITIAL_NOISE)),
        tensors.of("real", List.of(STEPS + 1, rows, DATA)),
        tensors.steps("increments", STEPS, rows, MOTIONS));
  }

  StochasticField generator() {
    return StochasticField.of(
        HIDDEN,
        Noise.GENERAL,
        Calculus.STRATONOVICH,
        (t, x) -> {
          Value input = SdeProblem.withTime(t, x);
          return new Coefficients(
              DRIFT.apply(input).tanh(),
              SdeProblem.columns(DIFFUSION.apply(input).tanh(), MOTIONS));
        });
  }

  /** Driven by the increments of time and path. */
  StochasticField discriminator() {
    return StochasticField.of(
        HIDDEN,
        Noise.GENERAL,
        Calculus.STRATONOVICH,
        (t, h) ->
            new Coefficients(
                Value.zeros(Shape.vector(HIDDEN)),
                SdeProblem.columns(CONTROLLED.apply(SdeProblem.withTime(t, h)).tanh(), 1 + DATA)));
  }

  static Value start(Value noise) {
    return INITIAL.apply(noise);
  }

  static Value readout(Value x) {
    return READOUT.apply(x);
  }

  /** The discriminator's state at time 0. */
  static Value first(Value y) {
    Value zero = y.slice(0, 1).detached().times(0);
    return FIRST.apply(Value.concatenate(List.of(zero, y)));
  }

  /** A sample's part of the mean score. */
  Value score(Value h) {
    return SCORE.apply(h).sum().dividedBy(rows);
  }

  int rows() {
    return rows;
  }

  ParameterLayout layoutOfBoth() {
    return layout;
  }

  double[] parameters() {
    return parameters;
  }

  void setNoise(int first, Buffer target) {
    target.set(part(noise, 0, INITIAL_NOISE, first, target.rows()));
  }

  void setReal(int time, int first, Buffer target) {
    target.set(part(real, time, DATA, first, target.rows()));
  }

  private float[] part(float[] all, int time, int width, int first, int count) {
    float[] numbers = new float[count * width];
    System.arraycopy(all, (time * rows + first) * width, numbers, 0, numbers.length);
    return numbers;
  }

  /** What drives the generator's steps, told the first sample's place. */
  TileDrive drive(int tileRows) {
    float[][] given = increments;
    if (given == null) {
      BrownianGrid motion = BrownianGrid.equal(SEED, 0, STEPS, STEPS, MOTIONS);
      return TileDrive.drawn(new BrownianDrive(motion, BrownianNeed.INCREMENT, tileRows), tileRows);
    }
    return TileDrive.given(given, 1, MOTIONS, tileRows);
  }
}
