package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Substitution;
import org.anabranch.graph.Value;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;

/**
 * Builds the graphs of the backward pass from those of the forward one. The cotangent of the value
 * {@code z} is called {@code d.z}.
 */
public final class ReverseStep {
  private ReverseStep() {}

  /** The name of a value's cotangent. */
  public static String cotangent(String name) {
    return "d." + name;
  }

  /** {@code t, h}, the state before the step and the cotangents after it, to those before it. */
  public static Graph fromStart(Method method, Field field) {
    return fromStart(method, field, Demands.none(), List.of(), List.of());
  }

  /**
   * The same with the running cotangents of these inputs of context to those with the step's added,
   * and with the step's own cotangents of {@code t} and {@code h}, where they are demanded, and of
   * what drives it.
   */
  static Graph fromStart(
      Method method, Field field, Demands demands, List<String> context, List<String> driven) {
    Graph step = method.step(field);
    Cotangents cotangents = of(step, method, context, ofStep(demands, driven));
    Pullback pullback = cotangents.pullback();
    return Graph.of(
        step.name() + ".pullback",
        cotangents.inputs(),
        cotangents.outputs(pullback),
        pullback.accumulations());
  }

  /**
   * {@code t, h}, the state after the step and its cotangents, to the state before it and its
   * cotangents. Inner values that step and inverse have in common are computed once, so the field
   * is evaluated once.
   */
  public static Graph fromEnd(ReversibleMethod method, Field field) {
    return fromEnd(method, field, Demands.none(), List.of(), List.of());
  }

  /** The same with what else is demanded, as in {@link #fromStart}. */
  static Graph fromEnd(
      ReversibleMethod method,
      Field field,
      Demands demands,
      List<String> context,
      List<String> driven) {
    Graph step = method.step(field);
    Graph inverse = method.inverse(field);
    Cotangents cotangents = of(step, method, context, ofStep(demands, driven));
    Pullback pullback = cotangents.pullback();
    Substitution restored = new Substitution();
    for (String inner : step.outputs().keySet()) {
      if (!method.state().contains(inner)) {
        restored.replace(step.output(inner), inverse.output(inner));
      }
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (String part : method.state()) {
      restored.replace(step.input(part), inverse.output(part));
      outputs.put(part, restored.apply(inverse.output(part)));
    }
    cotangents.outputs(pullback).forEach((name, value) -> outputs.put(name, restored.apply(value)));
    List<Accumulation> terms = new ArrayList<>();
    for (Accumulation term : pullback.accumulations()) {
      terms.add(new Accumulation(term.parameter(), restored.apply(term.term())));
    }
    List<Value> inputs = new ArrayList<>(inverse.inputs().values());
    inputs.addAll(cotangents.values());
    return Graph.of(step.name() + ".reverse", restoredInputs(inputs, restored), outputs, terms);
  }

  private static List<Value> restoredInputs(List<Value> inputs, Substitution restored) {
    return inputs.stream().map(restored::apply).toList();
  }

  /** {@code t, x} and the cotangents of the state that {@code init} made, to that of x. */
  public static Graph ofInit(Method method, Field field) {
    return ofInit(method, field, Demands.none(), List.of());
  }

  static Graph ofInit(Method method, Field field, Demands demands, List<String> context) {
    Graph init = method.init(field);
    List<String> times = demands.times() ? List.of("t") : List.of();
    Cotangents cotangents = of(init, method, context, times);
    Pullback pullback = cotangents.pullback(List.of("x"));
    return Graph.of(
        init.name() + ".pullback",
        cotangents.inputs(),
        cotangents.outputs(pullback),
        pullback.accumulations());
  }

  private static List<String> ofStep(Demands demands, List<String> driven) {
    List<String> names = new ArrayList<>(demands.times() ? List.of("t", "h") : List.of());
    names.addAll(driven);
    return names;
  }

  private static Cotangents of(
      Graph graph, Method method, List<String> context, List<String> ofStep) {
    return new Cotangents(graph, method.state(), context, ofStep);
  }
}
