package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.graph.Graph;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.ReversibleMethod;

/**
 * The gradient of the sum of y at the end of given steps of one sample, by the graphs of the steps
 * and of their reverse.
 *
 * @param theta the parameters
 * @param start the initial value
 */
record StochasticReplay(
    Backend backend,
    DrivenMethod driven,
    Steps steps,
    ParameterLayout layout,
    List<Double> theta,
    List<Double> start) {
  static final double END = 1.5;

  /** Normal numbers, the same for the same step. */
  static double[] normals(int count, int step) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = CounterRandom.normal(3, Stream.BROWNIAN, 0, step, i);
    }
    return numbers;
  }

  /** What each step reads beside its state, as a loop gives it. */
  record Steps(List<Map<String, double[]>> inputs) {
    static Steps of(double[][] dw) {
      double size = END / dw.length;
      List<Map<String, double[]>> inputs = new ArrayList<>();
      for (int n = 0; n < dw.length; n++) {
        inputs.add(Map.of("t", new double[] {n * size}, "h", new double[] {size}, "dW", dw[n]));
      }
      return new Steps(inputs);
    }

    /** A step at each point of time, with the sizes and increments on both its sides. */
    static Steps points(double[][] dw) {
      double[] none = new double[dw[0].length];
      double[] size = {END / dw.length};
      List<Map<String, double[]>> inputs = new ArrayList<>();
      for (int n = 0; n <= dw.length; n++) {
        boolean first = n == 0;
        boolean last = n == dw.length;
        Map<String, double[]> point = new LinkedHashMap<>();
        point.put("t", new double[] {n * size[0]});
        point.put("h", first ? new double[1] : size);
        point.put("dW", first ? none : dw[n - 1]);
        point.put("h.next", last ? new double[1] : size);
        point.put("dW.next", last ? none : dw[n]);
        inputs.add(point);
      }
      return new Steps(inputs);
    }
  }

  /** Increments of steps over [0, {@link #END}]. */
  static double[][] increments(int steps, int motions) {
    double[][] dw = new double[steps][];
    for (int n = 0; n < steps; n++) {
      dw[n] = normals(motions, n);
      for (int j = 0; j < motions; j++) {
        dw[n][j] *= Math.sqrt(END / steps);
      }
    }
    return dw;
  }

  /** By parameters, by the start, and y at the end. */
  record Result(double[] byParameters, double[] byStart, double[] end) {}

  private static double[] numbers(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private GraphRun run(Graph graph) {
    return new GraphRun(backend, graph, layout, 1).theta(numbers(theta));
  }

  private GraphRun started(Graph graph, Map<String, double[]> cotangents) {
    Map<String, double[]> point = new LinkedHashMap<>(cotangents);
    point.put("t", new double[1]);
    point.put("x", numbers(start));
    return run(graph).set(point).run();
  }

  /**
   * @param restoring whether each state is restored from the one after it
   */
  Result gradient(boolean restoring) {
    List<Map<String, double[]>> states = forward();
    Map<String, double[]> state = states.get(steps.inputs().size());
    Map<String, double[]> cotangents = new LinkedHashMap<>();
    state.forEach((part, numbers) -> cotangents.put("d." + part, new double[numbers.length]));
    Arrays.fill(cotangents.getOrDefault("d.y", new double[0]), 1);
    double[] sum = new double[layout.size()];
    GraphRun back =
        run(
            restoring
                ? ReverseStep.fromEnd((ReversibleMethod) driven.method(), driven.field())
                : ReverseStep.fromStart(driven.method(), driven.field()));
    for (int n = steps.inputs().size() - 1; n >= 0; n--) {
      back.set(restoring ? state : states.get(n)).set(cotangents).set(steps.inputs().get(n)).run();
      add(sum, back.gradient());
      if (restoring) {
        state = outputs(back, "");
      }
      cotangents.putAll(outputs(back, "d."));
    }
    GraphRun init = started(ReverseStep.ofInit(driven.method(), driven.field()), cotangents);
    add(sum, init.gradient());
    return new Result(
        sum, init.get("d.x"), states.get(steps.inputs().size()).getOrDefault("y", sum));
  }

  private List<Map<String, double[]>> forward() {
    GraphRun init = started(driven.method().init(driven.field()), Map.of());
    List<Map<String, double[]>> states = new ArrayList<>(List.of(outputs(init, "")));
    GraphRun step = run(driven.method().step(driven.field()));
    for (int n = 0; n < steps.inputs().size(); n++) {
      step.set(states.get(n)).set(steps.inputs().get(n)).run();
      states.add(outputs(step, ""));
    }
    return states;
  }

  private Map<String, double[]> outputs(GraphRun run, String prefix) {
    Map<String, double[]> values = new LinkedHashMap<>();
    driven.method().state().forEach(part -> values.put(prefix + part, run.get(prefix + part)));
    return values;
  }

  private static void add(double[] sum, double[] term) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += term[i];
    }
  }
}
