package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anabranch.backend.reference.ReferenceBackend;

/**
 * A graph's derivative products on the reference back end, against differences of fourth order in
 * float64 and against one another, at one point.
 *
 * @param seed of the point, the cotangents and the tangents
 */
public record DerivativeCheck(Graph graph, ParameterLayout layout, int rows, long seed) {
  private static final double H = 2e-3;

  /** Numbers in (−1, 1) by name of input, output or parameter. */
  public double[] numbers(String name, int count) {
    SplittableRandom random = new SplittableRandom(seed * 31 + name.hashCode());
    return random.doubles(count, -1, 1).toArray();
  }

  public double[] theta() {
    return numbers("theta", layout.size());
  }

  public double[] numbers(String name, Type type) {
    return numbers(name, (type.isPerSample() ? rows : 1) * type.shape().size());
  }

  public Map<String, double[]> point(Graph any) {
    Map<String, double[]> point = new LinkedHashMap<>();
    any.inputs().forEach((name, value) -> point.put(name, numbers(name, value.type())));
    return point;
  }

  /** The graph's inputs and a cotangent for each output to a cotangent for each input. */
  public Graph pullback() {
    Map<String, Value> cotangents = new LinkedHashMap<>();
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    graph
        .outputs()
        .forEach(
            (name, y) -> {
              Value c = Value.input("c." + name + "." + graph.name(), y.type().working());
              cotangents.put(name, c);
              inputs.add(c);
            });
    List<String> wanted = List.copyOf(graph.inputs().keySet());
    Pullback pullback = Differentiation.pullback(graph, cotangents, wanted);
    return Graph.of(graph.name() + "'", inputs, pullback.cotangents(), pullback.accumulations());
  }

  /** cᵀJ for inputs and parameters, against differences; relative to the largest component. */
  public void pullbackEqualsDifferences(double tolerance) {
    Graph pullback = pullback();
    GraphRun exact = new GraphRun(new ReferenceBackend(), pullback, layout, rows).theta(theta());
    exact.set(point(pullback)).run();
    GraphRun run = new GraphRun(new ReferenceBackend(), graph, layout, rows).theta(theta());
    Map<String, double[]> point = point(graph);
    for (String input : graph.inputs().keySet()) {
      double[] x = point.get(input);
      double[] found = spread(exact.get(input), x.length);
      compare(input, found, differences(run.set(point), x, () -> run.set(input, x)), tolerance);
    }
    double[] theta = theta();
    double[] byTheta = differences(run.set(point), theta, () -> run.theta(theta));
    compare("parameters", exact.gradient(), byTheta, tolerance);
  }

  /** Zeros that do not depend on the sample are shared. */
  private static double[] spread(double[] numbers, int length) {
    double[] all = new double[length];
    for (int i = 0; i < length; i++) {
      all[i] = numbers[i % numbers.length];
    }
    return all;
  }

  private double[] differences(GraphRun run, double[] moved, Runnable set) {
    double[] result = new double[moved.length];
    for (int i = 0; i < moved.length; i++) {
      double before = moved[i];
      double fine = difference(run, moved, i, before, H / 2, set);
      double coarse = difference(run, moved, i, before, H, set);
      boolean smooth = Math.abs(fine - coarse) <= 1e-5 * (1 + Math.abs(fine));
      result[i] = smooth ? fine : Double.NaN; // a kink is near
      moved[i] = before;
      set.run();
    }
    return result;
  }

  private double difference(GraphRun run, double[] moved, int i, double x, double h, Runnable set) {
    double[] at = new double[4];
    double[] steps = {-2, -1, 1, 2};
    for (int k = 0; k < 4; k++) {
      moved[i] = x + steps[k] * h;
      set.run();
      at[k] = loss(run.run());
    }
    return (at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * h);
  }

  /** Σ c·y over all outputs. */
  private double loss(GraphRun run) {
    double loss = 0;
    for (Map.Entry<String, Value> output : graph.outputs().entrySet()) {
      String cotangent = "c." + output.getKey() + "." + graph.name();
      loss += dot(numbers(cotangent, output.getValue().type()), run.get(output.getKey()));
    }
    return loss;
  }

  private void compare(String name, double[] found, double[] expected, double tolerance) {
    double largest = 1e-3;
    int smooth = 0;
    for (double d : expected) {
      largest = Double.isNaN(d) ? largest : Math.max(largest, Math.abs(d));
      smooth += Double.isNaN(d) ? 0 : 1;
    }
    assertThat(smooth)
        .as("%s by %s, seed %d: components away from kinks", graph.name(), name, seed)
        .isGreaterThanOrEqualTo(expected.length / 2);
    for (int i = 0; i < expected.length; i++) {
      if (!Double.isNaN(expected[i])) {
        assertThat(found[i])
            .as("%s by %s[%d], seed %d", graph.name(), name, i, seed)
            .isCloseTo(expected[i], within(tolerance * largest));
      }
    }
  }

  /** The products of the pullback itself. */
  public DerivativeCheck second() {
    return new DerivativeCheck(pullback(), layout, rows, seed);
  }

  /** ⟨c, J d⟩ = ⟨Jᵀ c, d⟩. */
  public void pushforwardIsTheTransposedPullback() {
    Map<String, Value> tangents = new LinkedHashMap<>();
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    graph
        .inputs()
        .forEach(
            (name, x) -> {
              tangents.put(name, Value.input("d." + name + "." + graph.name(), x.type()));
              inputs.add(tangents.get(name));
            });
    Graph pushed = Graph.of("pushforward", inputs, Differentiation.pushforward(graph, tangents));
    Graph pullback = pullback();
    GraphRun forward = new GraphRun(new ReferenceBackend(), pushed, layout, rows).theta(theta());
    GraphRun reverse = new GraphRun(new ReferenceBackend(), pullback, layout, rows).theta(theta());
    forward.set(point(pushed)).run();
    reverse.set(point(pullback)).run();
    double byForward = 0;
    double scale = 1e-3;
    for (Map.Entry<String, Value> output : graph.outputs().entrySet()) {
      String cotangent = "c." + output.getKey() + "." + graph.name();
      double[] c = numbers(cotangent, output.getValue().type());
      byForward += dot(c, spread(forward.get(output.getKey()), c.length));
    }
    double byReverse = 0;
    for (String name : tangents.keySet()) {
      double[] d = numbers("d." + name + "." + graph.name(), graph.input(name).type());
      double[] x = spread(reverse.get(name), d.length);
      byReverse += dot(x, d);
      scale += Math.sqrt(dot(x, x) * dot(d, d));
    }
    assertThat(byForward)
        .as("%s, seed %d", graph.name(), seed)
        .isCloseTo(byReverse, within(1e-11 * scale));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
