package org.anabranch.solver;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/** Where an adaptive solve leaves its samples: each one's state as it ends, and what it says. */
final class AdaptiveEnd {
  private final Buffer time;
  private final Buffer solution;
  private final State state;
  private final Program.Execution output;
  private final @Nullable Buffer defect;
  private final Program.@Nullable Execution defects;
  private final long bytes;

  /**
   * @param context a buffer for each of the field's context inputs
   */
  AdaptiveEnd(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      AttemptTile.Graphs graphs,
      int rows) {
    solution = backend.buffer(Type.perSample(field.dimension()), rows);
    state = State.allocate(backend, graphs.state(), rows);
    time = backend.buffer(OwnTimes.time(), rows);
    Map<String, Buffer> inputs = new HashMap<>(context);
    inputs.putAll(state.parts());
    inputs.put("t", time);
    Program program = backend.compile(graphs.solution(), rows);
    output = program.bind(inputs, Map.of("y", solution), parameters, null);
    Graph graph = OwnTimes.of(method).defect(field).orElse(null);
    if (graph == null) {
      defect = null;
      defects = null;
    } else {
      defect = backend.buffer(Type.perSampleScalar(), rows);
      inputs.put("h", backend.buffer(OwnTimes.time(), rows));
      defects =
          backend.compile(graph, rows).bind(inputs, Map.of("defect", defect), parameters, null);
    }
    bytes = program.bytes() + state.bytes() + solution.bytes();
  }

  State state() {
    return state;
  }

  /** The solution at the states, after {@link #read}. */
  Buffer solution() {
    return solution;
  }

  void read() {
    output.run();
  }

  /** The detector of instability at the states; zeros for a method that has none. */
  void defect(double[] times, double[] target) {
    if (defect == null || defects == null) {
      Arrays.fill(target, 0);
      return;
    }
    time.set(times);
    defects.run();
    defect.get(target);
  }

  long bytes() {
    return bytes;
  }
}
