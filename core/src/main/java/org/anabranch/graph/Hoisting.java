package org.anabranch.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph in two parts with the same bits: what can be computed before the samples are looked at,
 * and the rest. With no known input, the prologue runs once an update of the parameters; with time
 * and step size known, once a step.
 *
 * @param prologue known inputs and parameters to the values that the body reads
 * @param body the graph's inputs and, called {@code hoisted.0} and so on like the prologue's
 *     outputs, the values computed before, to the graph's outputs and terms
 */
public record Hoisting(Graph prologue, Graph body) {
  private static final String PREFIX = "hoisted.";

  /**
   * Splits a graph.
   *
   * @param known names of shared inputs that are given before the samples are
   * @throws IllegalArgumentException if a name is not that of a shared input
   */
  public static Hoisting of(Graph graph, Set<String> known) {
    Set<Value> early = early(graph, known);
    Map<String, Value> outputs = new LinkedHashMap<>();
    Substitution rest = new Substitution();
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    Set<Value> read = readLate(graph, early);
    for (Value value : graph.order()) {
      if (read.contains(value)) {
        String name = freeName(graph, outputs);
        Value input = Value.input(name, value.type());
        outputs.put(name, value);
        inputs.add(input);
        rest.replace(value, input);
      }
    }
    List<Value> given = new ArrayList<>();
    known.forEach(name -> given.add(graph.input(name)));
    Graph prologue = Graph.of(graph.name() + ".prologue", given, outputs);
    return new Hoisting(prologue, body(graph, inputs, rest));
  }

  private static Graph body(Graph graph, List<Value> inputs, Substitution rest) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, value) -> outputs.put(name, rest.apply(value)));
    List<Accumulation> terms = new ArrayList<>();
    for (Accumulation term : graph.accumulations()) {
      terms.add(new Accumulation(term.parameter(), rest.apply(term.term())));
    }
    return Graph.of(graph.name() + ".body", inputs, outputs, terms);
  }

  /** The values that depend on parameters, constants and known inputs only, and these. */
  private static Set<Value> early(Graph graph, Set<String> known) {
    Set<Value> early = set();
    for (String name : known) {
      Value input = graph.input(name);
      if (input.type().isPerSample()) {
        throw new IllegalArgumentException(
            "Hoisting of %s: the input '%s' is %s. Only shared inputs can be known before."
                .formatted(graph.name(), name, input.type()));
      }
      early.add(input);
    }
    for (Value value : graph.order()) {
      if (!(value.operation() instanceof Operation.Input)
          && early.containsAll(value.operation().operands())) {
        early.add(value);
      }
    }
    return early;
  }

  /** The early values, computed ones only, that something late reads. */
  private static Set<Value> readLate(Graph graph, Set<Value> early) {
    Set<Value> read = set();
    for (Value value : graph.order()) {
      if (!early.contains(value)) {
        read.addAll(value.operation().operands());
      }
    }
    read.addAll(graph.outputs().values());
    graph.accumulations().forEach(term -> read.add(term.term()));
    read.removeIf(value -> !early.contains(value) || value.operation().operands().isEmpty());
    return read;
  }

  /** A name that no input has, not even one of an earlier split. */
  private static String freeName(Graph graph, Map<String, Value> outputs) {
    int number = 0;
    while (graph.inputs().containsKey(PREFIX + number) || outputs.containsKey(PREFIX + number)) {
      number++;
    }
    return PREFIX + number;
  }

  private static Set<Value> set() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
