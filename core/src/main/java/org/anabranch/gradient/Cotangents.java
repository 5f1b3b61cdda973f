package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;

/** The cotangents of a graph's state outputs, as inputs of the graph that pulls them back. */
final class Cotangents {
  private final Graph graph;
  private final List<String> state;
  private final List<String> context;
  private final List<String> ofStep;
  private final Map<String, Value> running = new LinkedHashMap<>();
  private final Map<String, Value> byOutput = new LinkedHashMap<>();

  /**
   * @param state the names of the state's parts
   * @param context names of the inputs whose cotangents are added up along the solve
   * @param ofStep names of the inputs whose cotangents are wanted of each step
   */
  Cotangents(Graph graph, List<String> state, List<String> context, List<String> ofStep) {
    this.graph = graph;
    this.state = state;
    this.context = context;
    this.ofStep = ofStep;
    for (String name : context) {
      running.put(name, Value.input(ReverseStep.cotangent(name), graph.input(name).type()));
    }
    for (String part : state) {
      byOutput.put(
          part, Value.input(ReverseStep.cotangent(part), graph.output(part).type().working()));
    }
  }

  Map<String, Value> byOutput() {
    return byOutput;
  }

  List<Value> values() {
    List<Value> values = new ArrayList<>(byOutput.values());
    values.addAll(running.values());
    return values;
  }

  /** The product for the graph's inputs of these names, context and those of the step. */
  Pullback pullback(List<String> inputs) {
    List<String> wanted = new ArrayList<>(inputs);
    wanted.addAll(context);
    wanted.addAll(ofStep);
    return Differentiation.pullback(graph, byOutput, wanted);
  }

  Pullback pullback() {
    return pullback(state);
  }

  /** The graph's own inputs and the state's cotangents. */
  List<Value> inputs() {
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    inputs.addAll(values());
    return inputs;
  }

  /** The cotangents before the step, by name. */
  Map<String, Value> outputs(Pullback pullback) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    pullback
        .cotangents()
        .forEach(
            (name, value) -> {
              Value sum = running.get(name);
              Value result = sum == null ? value : sum.plus(value);
              outputs.put(ReverseStep.cotangent(name), sum == null ? ofEachSample(result) : result);
            });
    return outputs;
  }

  /** What does not depend on an input gives zeros, one for all samples. */
  private Value ofEachSample(Value value) {
    if (value.type().isPerSample()) {
      return value;
    }
    Value any = byOutput.values().iterator().next();
    Value number = any.flattened().slice(0, 1).sum();
    return value.plus(number.unary(UnaryFunction.STEP).times(0));
  }
}
