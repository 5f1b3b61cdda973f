package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Substitution;
import org.anabranch.graph.Type;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;

/**
 * Builds the graphs of forward sensitivities: what a graph computes and, beside it, the derivative
 * along directions of its inputs and parameters. The tangent of the value {@code z} is called
 * {@code t.z}; a parameter's direction is a parameter too.
 */
public final class TangentGraph {
  private TangentGraph() {}

  /** The name of a value's tangent. */
  public static String tangent(String name) {
    return "t." + name;
  }

  /** A layout's parameters, and one behind them all their directions. */
  public static ParameterLayout layout(ParameterLayout layout) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    layout.views().forEach(view -> shapes.put(view.name(), view.shape()));
    layout.views().forEach(view -> shapes.put(tangent(view.name()), view.shape()));
    return ParameterLayout.of(shapes);
  }

  /**
   * The inputs of a graph and the tangents of some of them to its outputs and all their tangents.
   *
   * @param directed the inputs that have a direction; others are constant
   */
  public static Graph of(Graph graph, List<String> directed) {
    Graph body = graph.inlined();
    Map<String, Value> parameters = new TreeMap<>();
    for (Value value : body.order()) {
      if (value.operation() instanceof Operation.Parameter parameter) {
        parameters.put(parameter.name(), value);
      }
    }
    Graph open = opened(body, parameters);
    Map<String, Value> tangents = new LinkedHashMap<>();
    for (String name : directed) {
      tangents.put(name, Value.input(tangent(name), body.input(name).type()));
    }
    List<Value> inputs = new ArrayList<>(body.inputs().values());
    inputs.addAll(tangents.values());
    parameters.forEach(
        (name, value) ->
            tangents.put(open(name), Value.parameter(tangent(name), value.type().shape())));
    Map<String, Value> pushed = Differentiation.pushforward(open, tangents);
    Substitution closed = new Substitution();
    parameters.forEach((name, value) -> closed.replace(open.input(open(name)), value));
    Map<String, Value> outputs = new LinkedHashMap<>(body.outputs());
    pushed.forEach(
        (name, value) ->
            outputs.put(tangent(name), closed.apply(ofEachSample(open.output(name), value))));
    return Graph.of(graph.name() + ".tangent", inputs, outputs);
  }

  private static String open(String parameter) {
    return "parameter " + parameter;
  }

  /** The graph with inputs in the place of its parameters. */
  private static Graph opened(Graph body, Map<String, Value> parameters) {
    Substitution substitution = new Substitution();
    List<Value> inputs = new ArrayList<>(body.inputs().values());
    parameters.forEach(
        (name, value) -> {
          Value input = Value.input(open(name), value.type());
          substitution.replace(value, input);
          inputs.add(input);
        });
    Map<String, Value> outputs = new LinkedHashMap<>();
    body.outputs().forEach((name, value) -> outputs.put(name, substitution.apply(value)));
    return Graph.of(body.name(), inputs, outputs);
  }

  /** Where an output is of each sample, so is its tangent. */
  private static Value ofEachSample(Value output, Value tangent) {
    Type type = output.type();
    boolean same = tangent.type().isPerSample() || !type.isPerSample();
    return same ? tangent : tangent.plus(output.unary(UnaryFunction.STEP).times(0));
  }
}
