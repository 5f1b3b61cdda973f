package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.anabranch.graph.Call;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Substitution;
import org.anabranch.graph.Value;

/**
 * A step whose evaluations of a field are left open. Its graph has what the evaluation of number i
 * gives as further inputs {@code k.i.name}, and its time and state as further outputs {@code t.i}
 * and {@code z.i}; evaluations come in an order in which each can be made.
 *
 * @param graph with the step's own inputs and outputs beside those
 * @param evaluations what is read of each: names of the field's outputs
 */
record OpenSteps(Graph graph, List<Set<String>> evaluations) {
  /** The step's calls of graphs with inputs t and y, left open. */
  static OpenSteps of(Graph step) {
    List<Value> inputs = new ArrayList<>(step.inputs().values());
    Map<String, Value> outputs = new LinkedHashMap<>();
    Map<List<Value>, Integer> places = new LinkedHashMap<>();
    List<Set<String>> evaluations = new ArrayList<>();
    Substitution open = new Substitution();
    for (Value value : step.order()) {
      if (value.operation() instanceof Call call) {
        int i = places.computeIfAbsent(call.arguments(), arguments -> places.size());
        if (i == evaluations.size()) {
          evaluations.add(new LinkedHashSet<>());
          Map<String, Value> given = call.named();
          outputs.put("t." + i, open.apply(Objects.requireNonNull(given.get("t"))));
          outputs.put("z." + i, open.apply(Objects.requireNonNull(given.get("y"))));
        }
        evaluations.get(i).add(call.output());
        Value result = Value.input(result(i, call.output()), value.type());
        open.replace(value, result);
        inputs.add(result);
      }
    }
    step.outputs().forEach((name, value) -> outputs.put(name, open.apply(value)));
    return new OpenSteps(Graph.of(step.name() + ".open", inputs, outputs), evaluations);
  }

  /** The input that an evaluation's output is. */
  static String result(int evaluation, String output) {
    return "k." + evaluation + "." + output;
  }

  /** Every input that an evaluation gives. */
  List<String> results() {
    List<String> results = new ArrayList<>();
    for (int i = 0; i < evaluations.size(); i++) {
      for (String output : evaluations.get(i)) {
        results.add(result(i, output));
      }
    }
    return results;
  }

  /** The same with times of each sample's own. */
  OpenSteps withOwnTimes() {
    return new OpenSteps(graph.withPerSample(Set.of("t", "h")), evaluations);
  }
}
