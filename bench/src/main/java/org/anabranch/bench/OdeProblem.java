package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.train.Safetensors;
import org.anabranch.train.Tensor;

/**
 * The neural ODE of workload W5: a tanh network from (y, t), or from y alone, over two hidden
 * layers to dy/dt, with its weights and the initial values. The loss of a solution z is the mean of
 * z² over samples and components.
 */
final class OdeProblem {
  /** PyTorch's names, those of {@code torch.nn.Sequential} in a module's attribute {@code net}. */
  private static final List<String> LAYERS = List.of("net.0", "net.2", "net.4");

  private static final String INITIAL = "y0";
  private static final long SEED = 1;
  private static final int ROWS = 512;

  /** Of the network: one more than the dimension where time is one of them. */
  private final int inputs;

  private final int dimension;
  private final int rows;
  private final ParameterLayout layout;
  private final double[] parameters;
  private final float[] initialValues;

  private OdeProblem(
      int inputs,
      int dimension,
      int rows,
      ParameterLayout layout,
      double[] parameters,
      float[] initialValues) {
    this.inputs = inputs;
    this.dimension = dimension;
    this.rows = rows;
    this.layout = layout;
    this.parameters = parameters;
    this.initialValues = initialValues;
  }

  /** 512 samples of 64 components, 128 hidden units, with time: the peers' sizes. */
  static OdeProblem drawn() {
    return drawn(65, 64, 128);
  }

  /** 512 samples; all matrices are square, of this width, and time is no input. */
  static OdeProblem ofWidth(int width) {
    if (width < 1) {
      throw new IllegalArgumentException("The width is %d; use at least 1.".formatted(width));
    }
    return drawn(width, width, width);
  }

  /**
   * Weights as PyTorch draws those of a linear layer, uniform in ±1/√inputs, and normal initial
   * values: the peers' distributions, not their numbers.
   */
  private static OdeProblem drawn(int inputs, int dimension, int hidden) {
    ParameterLayout layout = layout(inputs, dimension, hidden);
    double[] parameters = new double[layout.size()];
    for (int tensor = 0; tensor < layout.views().size(); tensor++) {
      ParameterLayout.View view = layout.views().get(tensor);
      double bound = 1 / Math.sqrt(tensor < 2 ? inputs : hidden);
      for (int i = 0; i < view.size(); i++) {
        double u = CounterRandom.uniform(SEED, Stream.INITIALISER, tensor, 0, i);
        parameters[view.offset() + i] = (float) (bound * (2 * u - 1));
      }
    }
    float[] initialValues = new float[ROWS * dimension];
    for (int i = 0; i < initialValues.length; i++) {
      int sample = i / dimension;
      initialValues[i] =
          (float) CounterRandom.normal(SEED, Stream.SYNTHETIC, sample, 0, i % dimension);
    }
    return new OdeProblem(inputs, dimension, ROWS, layout, parameters, initialValues);
  }

  /**
   * Weights and initial values of a peer, in a file that {@code bench/export-peer.py} wrote; it
   * says the sizes.
   */
  static OdeProblem read(Path file) throws IOException {
    Map<String, Tensor> tensors =
        Safetensors.read(Files.readAllBytes(file), file.toString()).tensors();
    List<Integer> first = tensor(tensors, LAYERS.get(0) + ".weight", file).shape();
    List<Integer> initial = tensor(tensors, INITIAL, file).shape();
    if (first.size() != 2 || initial.size() != 2) {
      throw new IOException(
          "%s: net.0.weight is %s and y0 is %s; both must be matrices. Write it by bench/export-peer.py."
              .formatted(file, first, initial));
    }
    int dimension = initial.get(1);
    int hidden = first.get(0);
    ParameterLayout layout = layout(dimension + 1, dimension, hidden);
    double[] parameters = new double[layout.size()];
    for (ParameterLayout.View view : layout.views()) {
      Tensor tensor = tensor(tensors, view.name(), file);
      if (!tensor.shape().equals(view.shape().extents())) {
        throw new IOException(
            "%s: %s is %s, expected %s. Write it by bench/export-peer.py."
                .formatted(file, view.name(), tensor.shape(), view.shape()));
      }
      float[] values = tensor.floats();
      for (int i = 0; i < values.length; i++) {
        parameters[view.offset() + i] = values[i];
      }
    }
    float[] initialValues = tensor(tensors, INITIAL, file).floats();
    return new OdeProblem(
        dimension + 1, dimension, initial.get(0), layout, parameters, initialValues);
  }

  /**
   * The same with all weights and biases times a number, as the peers multiply theirs: in float32.
   */
  OdeProblem scaled(double factor) {
    double[] scaled = new double[parameters.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (factor * parameters[i]);
    }
    return new OdeProblem(inputs, dimension, rows, layout, scaled, initialValues);
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String name, Path file)
      throws IOException {
    Tensor tensor = tensors.get(name);
    if (tensor == null || tensor.type() != Tensor.Type.F32) {
      throw new IOException(
          "%s: no tensor %s of type F32; it has %s. Write it by bench/export-peer.py."
              .formatted(file, name, tensors));
    }
    return tensor;
  }

  private static ParameterLayout layout(int inputs, int dimension, int hidden) {
    int[] widths = {inputs, hidden, hidden, dimension};
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (int i = 0; i < LAYERS.size(); i++) {
      shapes.put(LAYERS.get(i) + ".weight", Shape.matrix(widths[i + 1], widths[i]));
      shapes.put(LAYERS.get(i) + ".bias", Shape.vector(widths[i + 1]));
    }
    return ParameterLayout.of(shapes);
  }

  Field field() {
    return Field.of(dimension, this::drift);
  }

  private Value drift(Value t, Value y) {
    Value x = inputs == dimension ? y : Value.concatenate(List.of(y, t.broadcast(1)));
    for (int i = 0; i < LAYERS.size(); i++) {
      Value hidden = i == 0 ? x : x.tanh();
      x =
          parameter(LAYERS.get(i) + ".weight")
              .appliedTo(hidden)
              .plus(parameter(LAYERS.get(i) + ".bias"));
    }
    return x;
  }

  private Value parameter(String name) {
    return Value.parameter(name, layout.view(name).shape());
  }

  /** The parameter whose products an evaluation of the field makes exactly one of. */
  static String firstWeight() {
    return LAYERS.get(0) + ".weight";
  }

  ParameterLayout layout() {
    return layout;
  }

  /** All weights, in the order of the layout: not to be written to. */
  double[] parameters() {
    return parameters;
  }

  int rows() {
    return rows;
  }

  int dimension() {
    return dimension;
  }

  /** The initial values of {@code count} samples from {@code first} on. */
  float[] initialValues(int first, int count) {
    float[] values = new float[count * dimension];
    System.arraycopy(initialValues, first * dimension, values, 0, values.length);
    return values;
  }
}
