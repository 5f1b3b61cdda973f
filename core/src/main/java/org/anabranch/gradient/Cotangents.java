package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Value;

/** The cotangents of a graph's state outputs, as inputs of the graph that pulls them back. */
final class Cotangents {
  private final Graph graph;
  private final List<String> state;
  private final Map<String, Value> byOutput = new LinkedHashMap<>();

  Cotangents(Graph graph, List<String> state) {
    this.graph = graph;
    this.state = state;
    for (String part : state) {
      byOutput.put(
          part, Value.input(ReverseStep.cotangent(part), graph.output(part).type().working()));
    }
  }

  Map<String, Value> byOutput() {
    return byOutput;
  }

  List<Value> values() {
    return List.copyOf(byOutput.values());
  }

  Pullback pullback() {
    return Differentiation.pullback(graph, byOutput, state);
  }

  /** The graph's own inputs and the state's cotangents. */
  List<Value> inputs() {
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    inputs.addAll(byOutput.values());
    return inputs;
  }

  /** The cotangents before the step, by name. */
  Map<String, Value> outputs(Pullback pullback) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    pullback.cotangents().forEach((name, value) -> outputs.put(ReverseStep.cotangent(name), value));
    return outputs;
  }
}
