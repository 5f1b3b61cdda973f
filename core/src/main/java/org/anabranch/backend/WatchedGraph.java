package org.anabranch.backend;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Value;

/**
 * A graph compiled so that every inner value can be looked at after it has run. Costs a buffer for
 * each: for diagnoses, not for hot paths.
 */
public final class WatchedGraph {
  private final Graph graph;
  private final Map<Value, Buffer> values = new IdentityHashMap<>();
  private final Program.Execution execution;

  /**
   * @param inputs a buffer for each input that the graph reads
   */
  public WatchedGraph(
      Backend backend, Graph watched, Map<String, Buffer> inputs, Parameters parameters, int rows) {
    graph = watched.inlined();
    Map<String, Value> outputs = new HashMap<>();
    Map<String, Buffer> buffers = new HashMap<>();
    for (Value value : graph.order()) {
      String name = "value." + outputs.size();
      Buffer buffer = backend.buffer(value.type(), rows);
      outputs.put(name, value);
      buffers.put(name, buffer);
      values.put(value, buffer);
    }
    List<Value> graphInputs = List.copyOf(graph.inputs().values());
    execution =
        backend
            .compile(Graph.of(graph.name() + ".watched", graphInputs, outputs), rows)
            .bind(inputs, buffers, parameters, null);
  }

  public void run() {
    execution.run();
  }

  /** Its values, without calls; operands come before their readers. */
  public List<Value> order() {
    return graph.order();
  }

  /** The numbers of one of {@link #order}, as {@link #run} left them. */
  public double[] numbers(Value value) {
    Buffer buffer = Objects.requireNonNull(values.get(value), "a value of another graph");
    double[] numbers = new double[buffer.count()];
    buffer.get(numbers);
    return numbers;
  }
}
