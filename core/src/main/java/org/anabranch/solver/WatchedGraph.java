package org.anabranch.solver;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Value;

/** A graph of one sample whose every inner value can be looked at after it has run. */
final class WatchedGraph {
  private final Graph graph;
  private final Map<Value, Buffer> values = new IdentityHashMap<>();
  private final Program.Execution execution;

  WatchedGraph(Backend backend, Graph watched, Map<String, Buffer> inputs, Parameters parameters) {
    graph = watched.inlined();
    Map<String, Value> outputs = new HashMap<>();
    Map<String, Buffer> buffers = new HashMap<>();
    for (Value value : graph.order()) {
      String name = "value." + outputs.size();
      Buffer buffer = backend.buffer(value.type(), 1);
      outputs.put(name, value);
      buffers.put(name, buffer);
      values.put(value, buffer);
    }
    List<Value> graphInputs = List.copyOf(graph.inputs().values());
    execution =
        backend
            .compile(Graph.of(graph.name() + ".watched", graphInputs, outputs), 1)
            .bind(inputs, buffers, parameters, null);
  }

  /**
   * Runs the graph; the first value that is no number has operands that are, as operands come
   * before their readers.
   */
  Optional<Fault> firstFault(int step, double time, double size) {
    execution.run();
    for (Value value : graph.order()) {
      if (!isFinite(buffer(value))) {
        double operands = 0;
        for (Value operand : value.operation().operands()) {
          operands = Math.max(operands, largest(buffer(operand)));
        }
        return Optional.of(new Fault(step, time, size, value.sketch(), operands));
      }
    }
    return Optional.empty();
  }

  private Buffer buffer(Value value) {
    return Objects.requireNonNull(values.get(value));
  }

  static boolean isFinite(Buffer buffer) {
    return Double.isFinite(largest(buffer));
  }

  /** The largest magnitude; NaN if one of the numbers is none. */
  private static double largest(Buffer buffer) {
    double[] numbers = new double[buffer.count()];
    buffer.get(numbers);
    double largest = 0;
    for (double number : numbers) {
      largest = Math.max(largest, Math.abs(number)); // of a NaN it is NaN
    }
    return largest;
  }
}
