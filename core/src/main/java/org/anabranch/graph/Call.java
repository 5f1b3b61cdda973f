package org.anabranch.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One output of a graph on arguments. Calls of one graph on the same arguments are one evaluation,
 * of which each takes an output; the graph stays one body however many calls there are. Back ends
 * replace calls by what the body computes: see {@link Graph#inlined}.
 *
 * @param graph without terms for parameter gradients: a call has only values
 * @param arguments one for each input, in the order of the graph's inputs, of the input's type
 */
public record Call(Graph graph, List<Value> arguments, String output) implements Operation {
  public Call {
    arguments = List.copyOf(arguments);
    Value unused = graph.output(output);
    if (!graph.accumulations().isEmpty()) {
      throw new IllegalArgumentException(
          "Call of %s: it adds to %d gradients. Call a graph that only computes outputs."
              .formatted(graph.name(), graph.accumulations().size()));
    }
    List<Map.Entry<String, Value>> inputs = new ArrayList<>(graph.inputs().entrySet());
    if (inputs.size() != arguments.size()) {
      throw new IllegalArgumentException(
          "Call of %s: %d arguments for the inputs %s. Give one for each."
              .formatted(graph.name(), arguments.size(), graph.inputs().keySet()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      Type expected = inputs.get(i).getValue().type();
      if (!arguments.get(i).type().equals(expected)) {
        throw new IllegalArgumentException(
            "Call of %s: the argument '%s' is %s of type %s, expected %s."
                .formatted(
                    graph.name(),
                    inputs.get(i).getKey(),
                    Sketch.of(arguments.get(i)),
                    arguments.get(i).type(),
                    expected));
      }
    }
  }

  /** The arguments by the names of the inputs. */
  public Map<String, Value> named() {
    Map<String, Value> named = new LinkedHashMap<>();
    int i = 0;
    for (String name : graph.inputs().keySet()) {
      named.put(name, arguments.get(i++));
    }
    return named;
  }

  /** Whether a graph, or one that it calls, reads parameters. */
  static boolean readsParameters(Graph graph) {
    return graph.order().stream()
        .map(Value::operation)
        .anyMatch(
            operation ->
                operation instanceof Operation.Parameter
                    || (operation instanceof Call call && readsParameters(call.graph)));
  }

  @Override
  public Type type() {
    return graph.output(output).type();
  }

  @Override
  public List<Value> operands() {
    return arguments;
  }

  @Override
  public Operation withOperands(List<Value> operands) {
    return new Call(graph, operands, output);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.call(this);
  }
}
