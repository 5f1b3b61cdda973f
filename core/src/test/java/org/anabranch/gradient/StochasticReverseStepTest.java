package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.StochasticMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of steps of stochastic equations, by the graphs that gradients are made of. */
class StochasticReverseStepTest {
  private static final int D = 3;
  private static final int M = 2;
  private static final double END = 1.5;
  private static final double[] START = {0.4, -0.2, 0.9};
  private static final ParameterLayout LAYOUT = layout();

  private static ParameterLayout layout() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("a", Shape.matrix(D, D));
    shapes.put("b", Shape.matrix(D * M, D));
    return ParameterLayout.of(shapes);
  }

  /** μ = tanh(A y), σ = tanh(B y) as a matrix. */
  private static final StochasticField NET =
      StochasticField.of(D, Noise.GENERAL, Calculus.STRATONOVICH, (t, y) -> coefficients(y));

  private static Coefficients coefficients(Value y) {
    Value mu = Value.parameter("a", Shape.matrix(D, D)).appliedTo(y).tanh();
    Value sigma = Value.parameter("b", Shape.matrix(D * M, D)).appliedTo(y).tanh();
    return new Coefficients(mu, sigma.reshaped(Shape.matrix(D, M)));
  }

  private static double[] normals(int count, int step) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = CounterRandom.normal(3, Stream.BROWNIAN, 0, step, i);
    }
    return numbers;
  }

  private static double[] theta() {
    double[] theta = normals(LAYOUT.size(), -1);
    for (int i = 0; i < theta.length; i++) {
      theta[i] *= 0.7;
    }
    return theta;
  }

  /** Steps as a loop takes them: t, h and the increment of each. */
  private record Steps(List<Double> t, List<Double> h, double[][] dw) {
    static Steps of(int count) {
      double[][] dw = new double[count][];
      List<Double> t = new ArrayList<>();
      for (int n = 0; n < count; n++) {
        t.add(n * END / count);
        dw[n] = normals(M, n);
        for (int j = 0; j < M; j++) {
          dw[n][j] *= Math.sqrt(END / count);
        }
      }
      return new Steps(t, Collections.nCopies(count, END / count), dw);
    }

    /** A step at each point of time, of the means of both sides. */
    Steps staggered() {
      int count = h.size();
      double[][] means = new double[count + 1][M];
      List<Double> times = new ArrayList<>(t);
      times.add(END);
      List<Double> sizes = new ArrayList<>();
      for (int n = 0; n <= count; n++) {
        boolean inside = n > 0 && n < count;
        sizes.add(inside ? h.get(0) : h.get(0) / 2);
        for (int j = 0; j < M; j++) {
          means[n][j] = ((n > 0 ? dw[n - 1][j] : 0) + (n < count ? dw[n][j] : 0)) / 2;
        }
      }
      return new Steps(times, sizes, means);
    }

    Map<String, double[]> step(int n) {
      return Map.of("t", new double[] {t.get(n)}, "h", new double[] {h.get(n)}, "dW", dw[n]);
    }
  }

  /** The gradient of the sum of y at the end: by parameters, then by the start; and y. */
  private record Result(double[] byParameters, double[] byStart, double[] end) {}

  private static GraphRun run(Backend backend, Graph graph) {
    return new GraphRun(backend, graph, LAYOUT, 1).theta(theta());
  }

  private static Result gradient(
      Backend backend, DrivenMethod driven, Steps steps, boolean restoring) {
    List<Map<String, double[]>> states = forward(backend, driven, steps);
    Map<String, double[]> state = states.get(steps.h().size());
    Map<String, double[]> cotangents = new LinkedHashMap<>();
    state.forEach((part, numbers) -> cotangents.put("d." + part, new double[numbers.length]));
    Arrays.fill(cotangents.getOrDefault("d.y", new double[0]), 1);
    double[] sum = new double[LAYOUT.size()];
    double[] end = state.getOrDefault("y", new double[0]);
    GraphRun back =
        run(
            backend,
            restoring
                ? ReverseStep.fromEnd((ReversibleMethod) driven.method(), driven.field())
                : ReverseStep.fromStart(driven.method(), driven.field()));
    for (int n = steps.h().size() - 1; n >= 0; n--) {
      back.set(restoring ? state : states.get(n)).set(cotangents).set(steps.step(n)).run();
      add(sum, back.gradient());
      if (restoring) {
        state = outputs(back, driven.method().state(), "");
      }
      cotangents.putAll(outputs(back, driven.method().state(), "d."));
    }
    GraphRun init = run(backend, ReverseStep.ofInit(driven.method(), driven.field()));
    init.set(cotangents).set(Map.of("t", new double[1], "x", START)).run();
    add(sum, init.gradient());
    return new Result(sum, init.get("d.x"), end);
  }

  private static List<Map<String, double[]>> forward(
      Backend backend, DrivenMethod driven, Steps steps) {
    List<String> parts = driven.method().state();
    GraphRun init = run(backend, driven.method().init(driven.field()));
    init.set(Map.of("t", new double[1], "x", START)).run();
    List<Map<String, double[]>> states = new ArrayList<>(List.of(outputs(init, parts, "")));
    GraphRun step = run(backend, driven.method().step(driven.field()));
    for (int n = 0; n < steps.h().size(); n++) {
      step.set(states.get(n)).set(steps.step(n)).run();
      states.add(outputs(step, parts, ""));
    }
    return states;
  }

  private static Map<String, double[]> outputs(GraphRun run, List<String> parts, String prefix) {
    Map<String, double[]> values = new LinkedHashMap<>();
    parts.forEach(part -> values.put(prefix + part, run.get(prefix + part)));
    return values;
  }

  private static void add(double[] sum, double[] term) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += term[i];
    }
  }

  private static ReversibleHeunRecursion recursion(int steps) {
    return new ReversibleHeunRecursion(D, M, theta(), END / steps, Steps.of(steps).dw(), START);
  }

  private static void assertClose(double[] actual, double[] expected, double tolerance) {
    double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(tolerance * size));
    }
  }

  private static void assertClose(
      Result actual, ReversibleHeunRecursion expected, double tolerance) {
    double[] byParameters = Arrays.copyOf(expected.byA, LAYOUT.size());
    System.arraycopy(expected.byB, 0, byParameters, D * D, expected.byB.length);
    assertClose(actual.end(), expected.end, tolerance);
    assertClose(actual.byStart(), expected.byStart, tolerance);
    assertClose(actual.byParameters(), byParameters, tolerance);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "4, false", "16, false", "256, false", "1024, false"})
  @CsvSource({"1, true", "4, true", "16, true", "256, true", "1024, true"})
  void plainReversibleHeunHasTheGradientOfItsRecursion(int steps, boolean restoring) {
    DrivenMethod plain = StochasticMethod.reversibleHeun(false).on(NET);
    Result result = gradient(new ReferenceBackend(), plain, Steps.of(steps), restoring);
    assertClose(result, recursion(steps), 1e-12);
  }

  /** States lie on a grid of 2⁻³⁰, the recursion's do not. */
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 256})
  void formsOnTheGridHaveTheSameGradientUpToTheGrid(int steps) {
    DrivenMethod grid = StochasticMethod.reversibleHeun(true).on(NET);
    DrivenMethod staggered = StochasticMethod.staggeredHeun().on(NET);
    Backend backend = new ReferenceBackend();
    assertClose(gradient(backend, grid, Steps.of(steps), true), recursion(steps), 1e-7);
    Result points = gradient(backend, staggered, Steps.of(steps).staggered(), true);
    assertClose(points, recursion(steps), 1e-7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "simd"})
  void gradientsFromRestoredStatesAreThoseFromStoredOnesToTheLastBit(String name) {
    Backend backend = name.equals("simd") ? new SimdBackend() : new ReferenceBackend();
    for (StochasticMethod method :
        List.of(
            StochasticMethod.reversibleHeun(true),
            StochasticMethod.staggeredHeun(),
            StochasticMethod.coupledHeun(1))) {
      Result stored = gradient(backend, method.on(NET), Steps.of(300), false);
      Result restored = gradient(backend, method.on(NET), Steps.of(300), true);
      assertThat(restored.byParameters()).isEqualTo(stored.byParameters());
      assertThat(restored.byStart()).isEqualTo(stored.byStart());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "reversible-heun-plain, 2",
    "reversible-heun, 2",
    "staggered-heun, 1",
    "coupled-heun, 4"
  })
  void inverseAndProductShareTheirEvaluations(String name, int evaluations) {
    StochasticMethod method =
        name.equals("staggered-heun")
            ? StochasticMethod.staggeredHeun()
            : StochasticMethod.named(name);
    DrivenMethod driven = method.on(NET);
    Graph graph = ReverseStep.fromEnd((ReversibleMethod) driven.method(), driven.field());
    long activations =
        graph.order().stream()
            .filter(
                v ->
                    v.operation() instanceof Operation.Unary unary
                        && unary.function() == UnaryFunction.TANH)
            .count();
    assertThat(activations).isEqualTo(2L * evaluations); // One for μ, one for σ.
  }
}
