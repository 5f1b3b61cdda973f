package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/** The graph from a method's state to the solution y in working precision. */
final class SolutionGraph {
  private SolutionGraph() {}

  static Graph of(Method method, Map<String, Type> types) {
    List<Value> inputs = new ArrayList<>();
    types.forEach((name, type) -> inputs.add(Value.input(name, type)));
    return Graph.of(method.name() + ".solution", inputs, Map.of("y", inputs.get(0).narrowed()));
  }
}
