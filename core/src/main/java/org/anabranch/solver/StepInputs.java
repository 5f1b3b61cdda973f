package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/** The inputs that every method's graphs share, made once for one graph. */
final class StepInputs {
  private final Value t = Value.input("t", Type.time());
  private final Value h = Value.input("h", Type.time());
  private final Value x;
  private final List<Value> states = new ArrayList<>();
  private final Field field;

  StepInputs(Field field) {
    this.field = field;
    this.x = Value.input("x", Type.perSample(field.dimension()));
  }

  Value time() {
    return t;
  }

  Value stepSize() {
    return h;
  }

  Value initialValue() {
    return x;
  }

  Value state(String name, Type type) {
    Value state = Value.input(name, type);
    states.add(state);
    return state;
  }

  Graph initGraph(String method, Map<String, Value> outputs) {
    return graph(method + ".init", List.of(t, x), outputs);
  }

  Graph stepGraph(String name, Map<String, Value> outputs) {
    List<Value> inputs = new ArrayList<>(List.of(t, h));
    inputs.addAll(states);
    return graph(name, inputs, outputs);
  }

  private Graph graph(String name, List<Value> own, Map<String, Value> outputs) {
    List<Value> inputs = new ArrayList<>(own);
    inputs.addAll(field.context().values());
    return Graph.of(name, inputs, outputs);
  }
}
