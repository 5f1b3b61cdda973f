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
  private static final String PARAMETERS = "parameters";
  private static final String GRADIENT = "gradient";

  private final Map<String, Buffer> before = new HashMap<>();
  private final Map<String, Buffer> after = new HashMap<>();
  private final Program.Execution update;
  private final int size;

  public Updates(Backend backend, Optimiser optimiser, double[] parameters) {
    size = parameters.length;
    Map<String, Shape> shapes = new HashMap<>(optimiser.state(size));
    shapes.put(PARAMETERS, Shape.vector(size));
    shapes.forEach(
        (name, shape) -> {
          before.put(name, backend.buffer(Type.shared(shape).wide(), 1));
          after.put(name, backend.buffer(Type.shared(shape).wide(), 1));
        });
    optimiser.initialState().forEach((name, value) -> part(name).fill(value));
    part(PARAMETERS).set(parameters);
    before.put(GRADIENT, backend.buffer(Type.shared(Shape.vector(size)).wide(), 1));
    Graph graph = optimiser.update(size);
    Parameters none = backend.parameters(new ParameterLayout(List.of()));
    update = backend.compile(graph, 1).bind(before, after, none, null);
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

  /** Moves the parameters by the rule. */
  public void apply(double[] gradient) {
    part(GRADIENT).set(gradient);
    update.run();
    after.forEach((name, buffer) -> part(name).copyFrom(buffer));
  }

  /** Copies the parameters to {@code target}. */
  public void parameters(double[] target) {
    part(PARAMETERS).get(target);
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
