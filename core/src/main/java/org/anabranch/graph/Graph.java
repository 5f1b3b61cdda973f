package org.anabranch.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A closed expression: named inputs and parameters to named outputs, and the terms it adds to
 * parameter gradients. Immutable. Equal operations are one value, and only what an output or a term
 * needs is kept.
 */
public final class Graph {
  private final String name;
  private final Map<String, Value> inputs;
  private final Map<String, Value> outputs;
  private final List<Accumulation> accumulations;
  private final List<Value> order;

  private Graph(
      String name,
      Map<String, Value> inputs,
      Map<String, Value> outputs,
      List<Accumulation> accumulations,
      List<Value> order) {
    this.name = name;
    this.inputs = Collections.unmodifiableMap(inputs);
    this.outputs = Collections.unmodifiableMap(outputs);
    this.accumulations = List.copyOf(accumulations);
    this.order = List.copyOf(order);
  }

  /** A graph without terms for parameter gradients. */
  public static Graph of(String name, List<Value> inputs, Map<String, Value> outputs) {
    return of(name, inputs, outputs, List.of());
  }

  /**
   * A graph of the given outputs and terms.
   *
   * @param inputs the inputs a caller may give, used or not; names unique
   * @throws IllegalArgumentException if an expression reads an input that is not declared
   */
  public static Graph of(
      String name,
      List<Value> inputs,
      Map<String, Value> outputs,
      List<Accumulation> accumulations) {
    Substitution share = new Substitution();
    Map<String, Value> declared = new LinkedHashMap<>();
    for (Value input : inputs) {
      String key = inputName(input, name);
      if (declared.put(key, share.apply(input)) != null) {
        throw new IllegalArgumentException(
            "Graph %s: two inputs are called '%s'. Names must be unique.".formatted(name, key));
      }
    }
    Map<String, Value> results = new LinkedHashMap<>();
    outputs.forEach((key, value) -> results.put(key, share.apply(value)));
    List<Accumulation> terms = new ArrayList<>();
    for (Accumulation term : accumulations) {
      terms.add(new Accumulation(term.parameter(), share.apply(term.term())));
    }
    List<Value> roots = new ArrayList<>(results.values());
    terms.forEach(term -> roots.add(term.term()));
    List<Value> order = topological(roots);
    requireDeclared(name, declared, order);
    return new Graph(name, declared, results, terms, order);
  }

  private static String inputName(Value input, String graph) {
    if (input.operation() instanceof Operation.Input named) {
      return named.name();
    }
    throw new IllegalArgumentException(
        "Graph %s: %s is declared as an input. Declare only values made by Value.input."
            .formatted(graph, input));
  }

  private static void requireDeclared(String name, Map<String, Value> declared, List<Value> order) {
    for (Value value : order) {
      if (value.operation() instanceof Operation.Input input
          && declared.get(input.name()) != value) {
        throw new IllegalArgumentException(
            "Graph %s: the input '%s' of %s is read but not declared. Declared are %s."
                .formatted(name, input.name(), input.type(), declared.keySet()));
      }
    }
  }

  private static List<Value> topological(List<Value> roots) {
    List<Value> order = new ArrayList<>();
    Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Value> stack = new ArrayList<>();
    for (Value root : roots) {
      stack.add(root);
      while (!stack.isEmpty()) {
        Value value = stack.get(stack.size() - 1);
        boolean ready = true;
        if (!seen.contains(value)) {
          for (Value operand : value.operation().operands()) {
            if (!seen.contains(operand)) {
              stack.add(operand);
              ready = false;
            }
          }
        }
        if (ready) {
          stack.remove(stack.size() - 1);
          if (seen.add(value)) {
            order.add(value);
          }
        }
      }
    }
    return order;
  }

  public String name() {
    return name;
  }

  /** The declared inputs by name. */
  public Map<String, Value> inputs() {
    return inputs;
  }

  /** The outputs by name. */
  public Map<String, Value> outputs() {
    return outputs;
  }

  /** The terms added to parameter gradients, in the order of addition. */
  public List<Accumulation> accumulations() {
    return accumulations;
  }

  /** Every value, operands before the operations that read them. */
  public List<Value> order() {
    return order;
  }

  /** The input of a name. */
  public Value input(String key) {
    return require(inputs, key, "input");
  }

  /** The output of a name. */
  public Value output(String key) {
    return require(outputs, key, "output");
  }

  private Value require(Map<String, Value> values, String key, String kind) {
    Value value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "Graph %s: no %s is called '%s'. Known are %s."
              .formatted(name, kind, key, values.keySet()));
    }
    return value;
  }

  /**
   * This graph's outputs as expressions of other values: every input is replaced by an argument.
   */
  public Map<String, Value> apply(Map<String, Value> arguments) {
    Substitution substitution = new Substitution();
    inputs.forEach(
        (key, input) -> {
          Value argument = arguments.get(key);
          if (argument == null) {
            throw new IllegalArgumentException(
                "Graph %s: no argument for the input '%s'. Given are %s."
                    .formatted(name, key, arguments.keySet()));
          }
          substitution.bind(input, argument);
        });
    Map<String, Value> results = new LinkedHashMap<>();
    outputs.forEach((key, value) -> results.put(key, substitution.apply(value)));
    return results;
  }

  /**
   * What this graph asks of a machine for each sample.
   *
   * @param workingBytes the bytes of a number in working precision: 4 or 8
   */
  public Cost explain(int workingBytes) {
    return CostCount.of(this, workingBytes);
  }

  /**
   * This graph's outputs on arguments, as calls that keep it one body. Differentiable both ways.
   *
   * @param arguments a value of the input's type for each input, by name
   */
  public Map<String, Value> call(Map<String, Value> arguments) {
    List<Value> ordered = new ArrayList<>();
    for (String key : inputs.keySet()) {
      Value argument = arguments.get(key);
      if (argument == null) {
        throw new IllegalArgumentException(
            "Call of %s: no argument for the input '%s'. Given are %s."
                .formatted(name, key, arguments.keySet()));
      }
      ordered.add(argument);
    }
    Map<String, Value> results = new LinkedHashMap<>();
    outputs.keySet().forEach(key -> results.put(key, Value.of(new Call(this, ordered, key))));
    return results;
  }

  /** The same graph with every call replaced by what its body computes; itself without calls. */
  public Graph inlined() {
    return Inlining.of(this);
  }

  /**
   * The same graph with some shared inputs given for each sample, so that what depends on them
   * differs between samples too. Calls are inlined.
   *
   * @throws IllegalArgumentException if a name is no input, or the graph has accumulations: spread
   *     first, then differentiate
   */
  public Graph withPerSample(Set<String> names) {
    return Spreading.of(this, names);
  }

  /** A picture of this graph in the language of Graphviz, for {@code dot -Tsvg}. */
  public String toDot() {
    return Drawing.of(this);
  }

  /** One line for each expression that is long or read more than once, then outputs and terms. */
  @Override
  public String toString() {
    return Listing.of(this);
  }
}
