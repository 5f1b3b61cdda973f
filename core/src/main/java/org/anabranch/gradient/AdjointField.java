package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.field.Field;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Substitution;
import org.anabranch.graph.Type;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;

/**
 * The solution and its cotangent as one equation (Pontryagin; Chen et al. 2018, arXiv:1806.07366),
 * to be solved from the end to the start:
 *
 * <pre>  dy/dt = f(t, y; θ)      da/dt = −aᵀ ∂f/∂y      dg/dt = −aᵀ ∂f/∂θ  </pre>
 *
 * <p>g feeds back into neither, so it need not be state: only where it is to count in the error of
 * adaptive steps it is, with numbers of its own for each sample.
 */
final class AdjointField {
  private static final String SLOPE = "drift";
  private static final String COTANGENT = ReverseStep.cotangent(SLOPE);

  private AdjointField() {}

  /** Of (y, a): dimension 2d. */
  static Field of(Field field) {
    int d = field.dimension();
    return Field.of(
        2 * d,
        List.copyOf(field.context().values()),
        (t, z) -> {
          Map<String, Value> slopes = slopes(field, t, z.slice(0, d), z.slice(d, d));
          return Value.concatenate(
              List.of(value(slopes, SLOPE), value(slopes, ReverseStep.cotangent("y")).negated()));
        });
  }

  private static Map<String, Value> slopes(Field field, Value t, Value y, Value a) {
    Graph slope = slope(field, t.type());
    Value cotangent = Value.input(COTANGENT, Type.perSample(field.dimension()));
    Pullback pullback = Differentiation.pullback(slope, Map.of(SLOPE, cotangent), List.of("y"));
    Map<String, Value> outputs = new HashMap<>(slope.outputs());
    outputs.put(ReverseStep.cotangent("y"), value(pullback.cotangents(), "y"));
    List<Value> inputs = new ArrayList<>(slope.inputs().values());
    inputs.add(cotangent);
    Map<String, Value> arguments = new LinkedHashMap<>(field.context());
    arguments.putAll(Map.of("t", t, "y", y, COTANGENT, a));
    return Graph.of("adjoint", inputs, outputs).apply(arguments);
  }

  /** f as a graph whose drift every sample has for itself. */
  static Graph slope(Field field, Type time) {
    Value t = Value.input("t", time);
    Value y = Value.input("y", Type.perSample(field.dimension()));
    List<Value> inputs = new ArrayList<>(List.of(t, y));
    inputs.addAll(field.context().values());
    return Graph.of("slope", inputs, Map.of(SLOPE, field.drift(t, y)));
  }

  /**
   * Of (y, a, g): dimension 2d and the number of parameters that f reads. Every sample has copies
   * of the parameters, so that each has a gradient of its own: for small models.
   */
  static Field withParameters(Field field) {
    Map<String, Value> parameters = parameters(field.graph().inlined());
    int d = field.dimension();
    int count = parameters.values().stream().mapToInt(p -> p.type().shape().size()).sum();
    Field own = new Field(spread(field.graph().inlined(), parameters));
    return Field.of(
        2 * d + count,
        List.copyOf(field.context().values()),
        (t, z) -> {
          Value y = z.slice(0, d);
          Value nothing = y.sum().unary(UnaryFunction.STEP).times(0);
          Map<String, Value> arguments = new LinkedHashMap<>(field.context());
          parameters.forEach((name, value) -> arguments.put(name, value.plus(nothing)));
          arguments.putAll(Map.of("t", t, "y", y, COTANGENT, z.slice(d, d)));
          return slopes(own, List.copyOf(parameters.keySet()), arguments);
        });
  }

  private static Value slopes(Field own, List<String> parameters, Map<String, Value> arguments) {
    Graph slope = slope(own, Type.shared(Shape.scalar()));
    Value cotangent = Value.input(COTANGENT, Type.perSample(own.dimension()));
    List<String> wanted = new ArrayList<>(List.of("y"));
    wanted.addAll(parameters);
    Pullback pullback = Differentiation.pullback(slope, Map.of(SLOPE, cotangent), wanted);
    Map<String, Value> outputs = new LinkedHashMap<>(slope.outputs());
    pullback.cotangents().forEach((name, value) -> outputs.put("d " + name, value));
    List<Value> inputs = new ArrayList<>(slope.inputs().values());
    inputs.add(cotangent);
    Map<String, Value> slopes = Graph.of("adjoint", inputs, outputs).apply(arguments);
    List<Value> parts = new ArrayList<>(List.of(value(slopes, SLOPE)));
    for (String name : wanted) {
      parts.add(vector(value(slopes, "d " + name)).negated());
    }
    return Value.concatenate(parts);
  }

  private static Value vector(Value value) {
    Shape shape = value.type().shape();
    return shape.isScalar() ? value.broadcast(1) : shape.rank() == 1 ? value : value.flattened();
  }

  /** The parameters that a graph reads, by name. */
  private static Map<String, Value> parameters(Graph graph) {
    Map<String, Value> parameters = new LinkedHashMap<>();
    for (Value value : graph.order()) {
      if (value.operation() instanceof Operation.Parameter parameter) {
        parameters.put(parameter.name(), value);
      }
    }
    return parameters;
  }

  /** The graph with its parameters as inputs of each sample. */
  private static Graph spread(Graph graph, Map<String, Value> parameters) {
    Substitution substitution = new Substitution();
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    parameters.forEach(
        (name, value) -> {
          Value input = Value.input(name, value.type());
          substitution.replace(value, input);
          inputs.add(input);
        });
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, value) -> outputs.put(name, substitution.apply(value)));
    return Graph.of(graph.name(), inputs, outputs).withPerSample(Set.copyOf(parameters.keySet()));
  }

  private static Value value(Map<String, Value> values, String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new AssertionError("no value is called " + name);
    }
    return value;
  }
}
