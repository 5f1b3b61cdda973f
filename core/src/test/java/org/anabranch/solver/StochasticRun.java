package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Graph;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.ParameterLayout;

/** Steps of a stochastic method over given paths, all samples from one start. */
final class StochasticRun {
  private static final ParameterLayout NONE = new ParameterLayout(List.of());

  private final Backend backend;
  private final DrivenMethod driven;
  private final BrownianPaths paths;
  private Map<String, double[]> state = new LinkedHashMap<>();

  StochasticRun(Backend backend, DrivenMethod driven, BrownianPaths paths) {
    this.backend = backend;
    this.driven = driven;
    this.paths = paths;
  }

  /** y at the end, sample by sample, in float64. */
  static double[] end(DrivenMethod driven, BrownianPaths paths, double... x) {
    return new StochasticRun(new ReferenceBackend(), driven, paths).start(x).run().get("y");
  }

  StochasticRun start(double... x) {
    double[] all = new double[paths.rows() * x.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = x[i % x.length];
    }
    GraphRun init = program(driven.method().init(driven.field()));
    init.set(Map.of("t", new double[] {0}, "x", all)).run();
    driven.method().state().forEach(part -> state.put(part, init.get(part)));
    return this;
  }

  private GraphRun program(Graph graph) {
    return new GraphRun(backend, graph, NONE, paths.rows());
  }

  StochasticRun run() {
    GraphRun step = program(driven.method().step(driven.field()));
    for (int n = 0; n < paths.steps(); n++) {
      take(step, n);
    }
    return this;
  }

  /** Takes all steps back. */
  StochasticRun undo() {
    ReversibleMethod method = (ReversibleMethod) driven.method();
    GraphRun inverse = program(method.inverse(driven.field()));
    for (int n = paths.steps() - 1; n >= 0; n--) {
      take(inverse, n);
    }
    return this;
  }

  private void take(GraphRun program, int n) {
    program.set(state);
    program.set("t", new double[] {paths.time(n)}).set("h", new double[] {paths.size(n)});
    program.set(Map.of("dW", paths.increment(n), "dH", paths.area(n))).run();
    Map<String, double[]> next = new LinkedHashMap<>();
    driven.method().state().forEach(part -> next.put(part, program.get(part)));
    state = next;
  }

  Map<String, double[]> state() {
    return state;
  }

  double[] get(String part) {
    double[] numbers = state.get(part);
    if (numbers == null) {
      throw new AssertionError("no part is called " + part);
    }
    return numbers;
  }
}
