package org.anabranch.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Replaces every call by what its body computes, bodies of bodies included. */
final class Inlining {
  private record Site(Graph graph, List<Value> arguments) {}

  private final Map<Value, Value> done = new IdentityHashMap<>();
  private final Map<Site, Map<String, Value>> sites = new HashMap<>();
  private final Map<Graph, Graph> bodies = new IdentityHashMap<>();

  private Inlining() {}

  static Graph of(Graph graph) {
    if (graph.order().stream().noneMatch(value -> value.operation() instanceof Call)) {
      return graph;
    }
    Inlining inlining = new Inlining();
    graph.order().forEach(inlining::visit);
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, value) -> outputs.put(name, inlining.rewritten(value)));
    List<Accumulation> terms = new ArrayList<>();
    for (Accumulation term : graph.accumulations()) {
      terms.add(new Accumulation(term.parameter(), inlining.rewritten(term.term())));
    }
    return Graph.of(graph.name(), List.copyOf(graph.inputs().values()), outputs, terms);
  }

  private Value rewritten(Value value) {
    return Objects.requireNonNull(done.get(value), "operands come first");
  }

  private void visit(Value value) {
    Operation operation = value.operation().map(this::rewritten);
    if (operation instanceof Call call) {
      Map<String, Value> results =
          sites.computeIfAbsent(
              new Site(call.graph(), call.arguments()), site -> body(call).apply(call.named()));
      done.put(value, Objects.requireNonNull(results.get(call.output())));
    } else {
      done.put(value, operation == value.operation() ? value : Value.of(operation));
    }
  }

  private Graph body(Call call) {
    return bodies.computeIfAbsent(call.graph(), Graph::inlined);
  }
}
