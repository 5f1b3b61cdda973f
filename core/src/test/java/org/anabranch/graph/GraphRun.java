package org.anabranch.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;

/** A graph bound to buffers of its own on a backend, for tests: set, run, get. */
public final class GraphRun {
  private final Map<String, Buffer> inputs = new LinkedHashMap<>();
  private final Map<String, Buffer> outputs = new LinkedHashMap<>();
  private final ParameterLayout layout;
  private final Parameters parameters;
  private final Accumulators accumulators;
  private final Program.Execution execution;

  public GraphRun(Backend backend, Graph graph, ParameterLayout layout, int rows) {
    this.layout = layout;
    parameters = backend.parameters(layout);
    accumulators = backend.accumulators(layout);
    graph.inputs().forEach((name, v) -> inputs.put(name, backend.buffer(v.type(), rows)));
    graph.outputs().forEach((name, v) -> outputs.put(name, backend.buffer(v.type(), rows)));
    execution = backend.compile(graph, rows).bind(inputs, outputs, parameters, accumulators);
  }

  public GraphRun theta(double[] values) {
    parameters.load(values);
    return this;
  }

  public GraphRun set(String input, double[] numbers) {
    buffer(inputs, input).set(numbers);
    return this;
  }

  /** Sets every input that the point has; others keep their numbers. */
  public GraphRun set(Map<String, double[]> point) {
    inputs.keySet().stream().filter(point::containsKey).forEach(k -> set(k, point.get(k)));
    return this;
  }

  public GraphRun run() {
    accumulators.clear();
    execution.run();
    return this;
  }

  public double[] get(String output) {
    Buffer buffer = buffer(outputs, output);
    double[] numbers = new double[buffer.count()];
    buffer.get(numbers);
    return numbers;
  }

  public double[] gradient() {
    double[] gradient = new double[layout.size()];
    accumulators.total(gradient);
    return gradient;
  }

  private static Buffer buffer(Map<String, Buffer> buffers, String name) {
    Buffer buffer = buffers.get(name);
    if (buffer == null) {
      throw new AssertionError("no buffer is called " + name);
    }
    return buffer;
  }
}
