package org.anabranch.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/** The inputs and outputs of an update graph while it is built. */
final class UpdateInputs {
  private final List<Value> inputs = new ArrayList<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Value parameters;
  private final Value gradient;

  UpdateInputs(int size) {
    parameters = state("parameters", Shape.vector(size));
    gradient = state("gradient", Shape.vector(size));
  }

  Value parameters() {
    return parameters;
  }

  Value gradient() {
    return gradient;
  }

  Value state(String name, Shape shape) {
    Value input = Value.input(name, Type.shared(shape).wide());
    inputs.add(input);
    return input;
  }

  void output(String name, Value value) {
    outputs.put(name, value);
  }

  Graph graph(String name) {
    return Graph.of(name + ".update", inputs, outputs);
  }
}
