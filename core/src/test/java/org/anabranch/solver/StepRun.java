package org.anabranch.solver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.ParameterLayout;

/** Runs a method's graphs for one sample from one start, in float64. */
final class StepRun {
  private final Map<String, double[]> inputs;

  /**
   * @param times t and h
   * @param x the initial value
   */
  StepRun(Method method, Field field, Map<String, double[]> times, double[] x) {
    Map<String, double[]> start = new HashMap<>(times);
    start.put("x", x);
    inputs = new HashMap<>(times);
    inputs.putAll(outputs(method.init(field), start));
  }

  /** A state as the step of a method would find it. */
  StepRun(Map<String, double[]> inputs) {
    this.inputs = inputs;
  }

  /** The same with one more input. */
  StepRun with(String input, double[] numbers) {
    Map<String, double[]> all = new HashMap<>(inputs);
    all.put(input, numbers);
    return new StepRun(all);
  }

  private static Map<String, double[]> outputs(Graph graph, Map<String, double[]> point) {
    GraphRun run = new GraphRun(new ReferenceBackend(), graph, new ParameterLayout(List.of()), 1);
    run.set(point).run();
    Map<String, double[]> outputs = new HashMap<>();
    graph.outputs().keySet().forEach(name -> outputs.put(name, run.get(name)));
    return outputs;
  }

  /** A part of the state before the step. */
  double[] state(String part) {
    double[] numbers = inputs.get(part);
    if (numbers == null) {
      throw new AssertionError("no part is called " + part);
    }
    return numbers;
  }

  /** The outputs of a graph of the state. */
  Map<String, double[]> outputs(Graph graph) {
    return outputs(graph, inputs);
  }

  /** An output of a graph of the state. */
  double[] get(Graph graph, String name) {
    double[] numbers = outputs(graph).get(name);
    if (numbers == null) {
      throw new AssertionError("no output is called " + name);
    }
    return numbers;
  }
}
