package org.anabranch.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;

/** Parameters and optimiser state in float64, and the compiled rule that moves them. */
public final class Updates {
  private final Map<String, Buffer> before = new HashMap<>();
  private final Map<String, Buffer> after = new HashMap<>();
  private final Program.Execution update;
  private final double learningRate;
  private final double[] scalar = new double[1];

  public Updates(Backend backend, Optimiser optimiser, double[] parameters) {
    int size = parameters.length;
    learningRate = optimiser.learningRate();
    Map<String, Shape> shapes = new HashMap<>(optimiser.state(size));
    shapes.put(Optimiser.PARAMETERS, Shape.vector(size));
    shapes.forEach(
        (name, shape) -> {
          before.put(name, backend.buffer(Type.shared(shape).wide(), 1));
          after.put(name, backend.buffer(Type.shared(shape).wide(), 1));
        });
    optimiser.initialState().forEach((name, value) -> part(name).fill(value));
    part(Optimiser.PARAMETERS).set(parameters);
    before.put(Optimiser.GRADIENT, backend.buffer(Type.shared(Shape.vector(size)).wide(), 1));
    for (String name : List.of(Optimiser.NORM, Optimiser.RATE)) {
      before.put(name, backend.buffer(Type.shared(Shape.scalar()).wide(), 1));
    }
    Graph graph = optimiser.update(size);
    Parameters none = backend.parameters(new ParameterLayout(List.of()));
    update = backend.compile(graph, 1).bind(before, after, none, null);
  }

  /** The optimiser's own, which a schedule's factor multiplies. */
  public double learningRate() {
    return learningRate;
  }

  private Buffer part(String name) {
    Buffer buffer = before.get(name);
    if (buffer == null) {
      throw new IllegalArgumentException(
          "Optimiser state: no part is called '%s'. Known are %s."
              .formatted(name, before.keySet()));
    }
    return buffer;
  }

  /** Moves the parameters by the rule, at the optimiser's own learning rate. */
  public void apply(double[] gradient) {
    apply(gradient, 1);
  }

  /**
   * Moves the parameters by the rule.
   *
   * @param factor of the optimiser's learning rate, as a {@link Schedule} gives it
   */
  public void apply(double[] gradient, double factor) {
    set(Optimiser.RATE, learningRate * factor);
    set(Optimiser.NORM, norm(gradient));
    part(Optimiser.GRADIENT).set(gradient);
    update.run();
    after.forEach((name, buffer) -> part(name).copyFrom(buffer));
  }

  private void set(String name, double number) {
    scalar[0] = number;
    part(name).set(scalar);
  }

  /**
   * M √Σ(gᵢ/M)² with M = max |gᵢ|, which keeps the squares of a gradient that explodes finite. It
   * can reach parameters: the sum goes through the components in their order.
   */
  private static double norm(double[] gradient) {
    double largest = 0;
    for (double number : gradient) {
      largest = Math.max(largest, Math.abs(number));
    }
    if (largest == 0) {
      return 0;
    }
    double sum = 0;
    for (double number : gradient) {
      double share = number / largest;
      sum += share * share;
    }
    return largest * Math.sqrt(sum);
  }

  /** Copies the parameters to {@code target}. */
  public void parameters(double[] target) {
    part(Optimiser.PARAMETERS).get(target);
  }

  /** A copy of the parameters and the optimiser's state, by name. */
  public SortedMap<String, double[]> arrays() {
    SortedMap<String, double[]> arrays = new TreeMap<>();
    after.forEach(
        (name, buffer) -> {
          double[] numbers = new double[buffer.count()];
          part(name).get(numbers);
          arrays.put(name, numbers);
        });
    return arrays;
  }

  /**
   * Takes parameters and state back.
   *
   * @throws IllegalArgumentException if a part is missing or has another length
   */
  public void restore(Map<String, double[]> arrays) {
    after.forEach(
        (name, buffer) -> {
          double[] numbers = arrays.get(name);
          if (numbers == null || numbers.length != buffer.count()) {
            throw new IllegalArgumentException(
                "Checkpoint: '%s' has %s numbers, this model and optimiser need %d. Resume with the configuration that the run was started with."
                    .formatted(
                        name,
                        numbers == null ? "no" : String.valueOf(numbers.length),
                        buffer.count()));
          }
          part(name).set(numbers);
        });
  }
}
