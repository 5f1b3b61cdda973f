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
import org.anabranch.graph.Type;
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
 * The solve of workload W3: torchsde's latent SDE of the Lorenz attractor from its initial state
 * and context on, with posterior drift of (state, context), prior drift of the state, a diffusion
 * of each component alone, and the divergence of the paths. Loss, mean over samples:
 *
 * <pre>  −Σₜ log N(x(t); Cz(t) + d, 0.01) + 0.1 KL  </pre>
 */
final class LatentProblem {
  /** Observations, of which the first is at the start. */
  static final int TIMES = 100;

  static final int LATENT = 4;
  static final int CONTEXT = 64;
  static final int DATA = 3;
  static final double DEVIATION = 0.01;
  static final double DIVERGENCE_WEIGHT = 0.1;
  private static final int BATCH = 1024;
  static final int WIDTH = 128;
  private static final long SEED = 1;
  private static final Value CONTEXT_INPUT = Value.input("context", Type.perSample(CONTEXT));

  private static final Perceptron POSTERIOR =
      new Perceptron(
          "posterior", List.of(LATENT + CONTEXT, WIDTH, WIDTH, LATENT), Activation.SOFTPLUS);
  private static final Perceptron PRIOR =
      new Perceptron("prior", List.of(LATENT, WIDTH, WIDTH, LATENT), Activation.SOFTPLUS);
  private static final Dense PROJECTOR = new Dense("projector", LATENT, DATA);
  private static final Shape UNITS = Shape.matrix(LATENT, WIDTH);

  private final double end;
  private final int rows;
  private final ParameterLayout layout = layout();
  private final double[] parameters;
  private final float[] start;
  private final float[] context;
  private final float[] data;

  /** [step][sample x motion]; null where a solve draws them. */
  private final float @Nullable [][] increments;

  private LatentProblem(
      double end,
      Map<String, float[]> weights,
      float[] start,
      float[] context,
      float[] data,
      float @Nullable [][] increments) {
    this.end = end;
    rows = start.length / LATENT;
    parameters = PeerTensors.flat(layout, weights);
    this.start = start;
    this.context = context;
    this.data = data;
    this.increments = increments;
  }

  private static ParameterLayout layout() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.putAll(POSTERIOR.parameters());
    shapes.putAll(PRIOR.parameters());
    shapes.putAll(PROJECTOR.parameters());
    shapes.put("diffusion.0.weight", UNITS);
    shapes.put("diffusion.0.bias", UNITS);
    shapes.put("diffusion.1.weight", UNITS);
    shapes.put("diffusion.1.bias", Shape.vector(LATENT));
    return ParameterLayout.of(shapes);
  }

  /** The peers' sizes, not their numbers. */
  static LatentProblem drawn() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    int tensor = 0;
    for (ParameterLayout.View view : layout().views()) {
      float[] values = new float[view.size()];
      for (int i = 0; i < values.length; i++) {
        double u = CounterRandom.uniform(SEED, Stream.INITIALISER, tensor, 0, i);
        values[i] = (float) ((2 * u - 1) / Math.sqrt(WIDTH));
      }
      weights.put(view.name(), values);
      tensor++;
    }
    return new LatentProblem(
        2,
        weights,
        normals(0, BATCH * LATENT),
        normals(1, (TIMES - 1) * BATCH * CONTEXT),
        normals(2, TIMES * BATCH * DATA),
        null);
  }

  private static float[] normals(int kind, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) CounterRandom.normal(SEED, Stream.SYNTHETIC, kind, 0, i);
    }
    return numbers;
  }

  /** What {@code bench/latent-sde-peer.py --export} wrote. */
  static LatentProblem read(Path file) throws IOException {
    Safetensors content = Safetensors.read(Files.readAllBytes(file), file.toString());
    PeerTensors tensors = new PeerTensors(content.tensors(), file, "bench/latent-sde-peer.py");
    Map<String, float[]> weights = tensors.weights(layout());
    int rows = tensors.extent("start", 0);
    int steps = tensors.extent("increments", 0);
    float[][] increments = tensors.steps("increments", steps, rows, LATENT);
    return new LatentProblem(
        Double.parseDouble(content.metadata().getOrDefault("end", "2")),
        weights,
        tensors.of("start", List.of(rows, LATENT)),
        tensors.of("context", List.of(TIMES - 1, rows, CONTEXT)),
        tensors.of("data", List.of(TIMES, rows, DATA)),
        increments);
  }

  /** Of the state and the divergence. */
  StochasticField field(Calculus calculus) {
    return StochasticField.of(
            LATENT,
            List.of(CONTEXT_INPUT),
            Noise.DIAGONAL,
            calculus,
            (t, z) ->
                new Coefficients(
                    POSTERIOR.apply(Value.concatenate(List.of(z, CONTEXT_INPUT))), diffusion(z)))
        .withPathDivergence((t, z) -> PRIOR.apply(z));
  }

  /** A network of its own for each component. */
  private static Value diffusion(Value z) {
    Value units =
        z.repeatedColumns(WIDTH)
            .times(Value.parameter("diffusion.0.weight", UNITS))
            .plus(Value.parameter("diffusion.0.bias", UNITS))
            .softplus();
    return units
        .times(Value.parameter("diffusion.1.weight", UNITS))
        .rowSums()
        .plus(Value.parameter("diffusion.1.bias", Shape.vector(LATENT)))
        .sigmoid();
  }

  /** The loss of one sample at one time, up to the divergence. */
  Value loss(Value z, Value data) {
    Value scaled = data.minus(PROJECTOR.apply(z.slice(0, LATENT))).dividedBy(DEVIATION);
    double constant = DATA * (Math.log(DEVIATION) + Math.log(2 * Math.PI) / 2);
    return scaled.square().sum().times(0.5).plus(constant).dividedBy(rows);
  }

  Value divergence(Value z) {
    return z.slice(LATENT, 1).sum().times(DIVERGENCE_WEIGHT / rows);
  }

  double end() {
    return end;
  }

  int rows() {
    return rows;
  }

  ParameterLayout layoutOfAll() {
    return layout;
  }

  double[] parameters() {
    return parameters;
  }

  /** Sets the initial state of a tile, its divergence 0. */
  void setStart(int first, Buffer target) {
    double[] state = new double[LATENT + 1];
    for (int row = 0; row < target.rows(); row++) {
      for (int i = 0; i < LATENT; i++) {
        state[i] = start[(first + row) * LATENT + i];
      }
      target.setRow(row, state, 0);
    }
  }

  /** Sets the context that holds from an observation to the next. */
  void setContext(int time, int first, Buffer target) {
    set(context, time, CONTEXT, first, target);
  }

  void setData(int time, int first, Buffer target) {
    set(data, time, DATA, first, target);
  }

  private void set(float[] all, int time, int width, int first, Buffer target) {
    float[] numbers = new float[target.rows() * width];
    System.arraycopy(all, (time * rows + first) * width, numbers, 0, numbers.length);
    target.set(numbers);
  }

  /** What drives the steps of a tile, which is told the first sample's place. */
  TileDrive drive(int steps, int rows) {
    float[][] given = increments;
    if (given == null) {
      BrownianGrid motion = BrownianGrid.equal(SEED, 0, end, steps, LATENT);
      return TileDrive.drawn(new BrownianDrive(motion, BrownianNeed.INCREMENT, rows), rows);
    }
    return TileDrive.given(given, end / given.length, LATENT, rows);
  }
}
