package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

  /** t, h and increment of each step, as a loop takes them. */
  record Steps(List<Double> t, List<Double> h, double[][] dw) {
    static Steps of(int count, int motions) {
      double size = END / count;
      double[][] dw = new double[count][motions];
      List<Double> t = new ArrayList<>();
      for (int n = 0; n < count; n++) {
        t.add(n * size);
        double[] normals = normals(motions, n);
        for (int j = 0; j < motions; j++) {
          dw[n][j] = Math.sqrt(size) * normals[j];
        }
      }
      return new Steps(t, Collections.nCopies(count, size), dw);
    }

    /** A step at each point of time, of the means of both sides. */
    Steps staggered() {
      int count = h.size();
      int motions = dw[0].length;
      double[][] means = new double[count + 1][motions];
      List<Double> times = new ArrayList<>(t);
      times.add(END);
      List<Double> sizes = new ArrayList<>();
      for (int n = 0; n <= count; n++) {
        boolean inside = n > 0 && n < count;
        sizes.add(inside ? h.get(0) : h.get(0) / 2);
        for (int j = 0; j < motions; j++) {
          means[n][j] = ((n > 0 ? dw[n - 1][j] : 0) + (n < count ? dw[n][j] : 0)) / 2;
        }
      }
      return new Steps(times, sizes, means);
    }

    private Map<String, double[]> step(int n) {
      double[] time = {t.get(n)};
      return Map.of("t", time, "h", new double[] {h.get(n)}, "dW", dw[n]);
    }
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
    Map<String, double[]> state = states.get(steps.h().size());
    Map<String, double[]> cotangents = new LinkedHashMap<>();
    state.forEach((part, numbers) -> cotangents.put("d." + part, new double[numbers.length]));
    Arrays.fill(cotangents.getOrDefault("d.y", new double[0]), 1);
    double[] sum = new double[layout.size()];
    GraphRun back =
        run(
            restoring
                ? ReverseStep.fromEnd((ReversibleMethod) driven.method(), driven.field())
                : ReverseStep.fromStart(driven.method(), driven.field()));
    for (int n = steps.h().size() - 1; n >= 0; n--) {
      back.set(restoring ? state : states.get(n)).set(cotangents).set(steps.step(n)).run();
      add(sum, back.gradient());
      if (restoring) {
        state = outputs(back, "");
      }
      cotangents.putAll(outputs(back, "d."));
    }
    GraphRun init = started(ReverseStep.ofInit(driven.method(), driven.field()), cotangents);
    add(sum, init.gradient());
    return new Result(sum, init.get("d.x"), states.get(steps.h().size()).getOrDefault("y", sum));
  }

  private List<Map<String, double[]>> forward() {
    GraphRun init = started(driven.method().init(driven.field()), Map.of());
    List<Map<String, double[]>> states = new ArrayList<>(List.of(outputs(init, "")));
    GraphRun step = run(driven.method().step(driven.field()));
    for (int n = 0; n < steps.h().size(); n++) {
      step.set(states.get(n)).set(steps.step(n)).run();
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
