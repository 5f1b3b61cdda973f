package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Weak orders: errors of the first two moments after one step fall with one order more. Moments are
 * sums over a lattice of normal numbers, exact to round-off.
 */
class StochasticMomentsTest {
  private static final int POINTS = 61;
  private static final double SPACING = 0.3;
  private static final double A = 0.9;
  private static final double B = 0.8;

  private record Moments(double first, double second) {}

  private static double node(int i) {
    return SPACING * (i - POINTS / 2);
  }

  private static double weight(int i) {
    return SPACING * Math.exp(-node(i) * node(i) / 2) / Math.sqrt(2 * Math.PI);
  }

  private static Moments after(DrivenMethod driven, double h) {
    return moments(driven, driven.method().step(driven.field()), "y", h);
  }

  /** The mean square of the error's estimate. */
  private static double estimate(DrivenMethod driven, double h) {
    Graph error = driven.method().error(driven.field()).orElseThrow();
    return Math.sqrt(moments(driven, error, "error", h).second());
  }

  private static Moments moments(DrivenMethod driven, Graph graph, String output, double h) {
    int rows = POINTS * POINTS;
    double[] dw = new double[rows];
    double[] dh = new double[rows];
    for (int i = 0; i < rows; i++) {
      dw[i] = Math.sqrt(h) * node(i / POINTS);
      dh[i] = Math.sqrt(h / 12) * node(i % POINTS);
    }
    double[] x = new double[rows];
    Arrays.fill(x, 1);
    ParameterLayout none = new ParameterLayout(List.of());
    ReferenceBackend backend = new ReferenceBackend();
    GraphRun init =
        new GraphRun(backend, driven.method().init(driven.field()), none, rows)
            .set(Map.of("t", new double[1], "x", x))
            .run();
    GraphRun step = new GraphRun(backend, graph, none, rows);
    driven.method().state().forEach(part -> step.set(part, init.get(part)));
    step.set(Map.of("t", new double[1], "h", new double[] {h}, "dW", dw, "dH", dh)).run();
    double[] y = step.get(output);
    double first = 0;
    double second = 0;
    for (int i = 0; i < rows; i++) {
      double weight = weight(i / POINTS) * weight(i % POINTS);
      first += weight * y[i];
      second += weight * y[i] * y[i];
    }
    return new Moments(first, second);
  }

  private static double slope(DoubleUnaryOperator error) {
    return slope(0.02, error);
  }

  private static double slope(double h, DoubleUnaryOperator error) {
    return Math.log(error.applyAsDouble(h) / error.applyAsDouble(h / 2)) / Math.log(2);
  }

  private static StochasticField geometric() {
    return StochasticField.of(
        1, Noise.SCALAR, Calculus.STRATONOVICH, (t, y) -> y.times(A), (t, y) -> y.times(B));
  }

  private static StochasticField additive() {
    return StochasticField.of(
        1,
        Noise.ADDITIVE,
        Calculus.ITO,
        (t, y) -> y.times(-A),
        (t, y) -> Value.constant(B).broadcast(1));
  }

  private static DrivenMethod on(String name, StochasticField field) {
    StochasticMethod method = StochasticMethod.named(name);
    return method.on(method.calculi().contains(Calculus.ITO) ? field.toIto() : field);
  }

  /** dX = aX dt + bX ∘ dW: E Xᵏ = exp(k a h + k² b² h/2). */
  @ParameterizedTest
  @CsvSource({
    "euler-maruyama, 1",
    "milstein, 1",
    "heun, 1",
    "midpoint, 1",
    "euler-heun, 1",
    "reversible-heun-plain, 1",
    "sri1, 2",
    "sri2, 2"
  })
  void momentsOfGeometricNoise(String name, int order) {
    DrivenMethod driven = on(name, geometric());
    double first = slope(h -> after(driven, h).first() - Math.exp(A * h + B * B * h / 2));
    double second = slope(h -> after(driven, h).second() - Math.exp(2 * A * h + 2 * B * B * h));
    assertThat(Math.min(first, second)).isCloseTo(order + 1, within(0.2));
  }

  /** dX = −aX dt + b dW: E X = exp(−a h), Var X = b² (1 − exp(−2 a h))/(2 a). */
  @ParameterizedTest
  @CsvSource({
    "euler-maruyama, 1",
    "heun, 2",
    "reversible-heun-plain, 2",
    "sea, 1",
    "shark, 2",
    "sra1, 2",
    "sra3, 2"
  })
  void momentsOfAdditiveNoise(String name, int order) {
    DrivenMethod driven = on(name, additive());
    double first = slope(h -> after(driven, h).first() - Math.exp(-A * h));
    double second =
        slope(
            h -> {
              double variance = B * B * (1 - Math.exp(-2 * A * h)) / (2 * A);
              return after(driven, h).second() - Math.exp(-2 * A * h) - variance;
            });
    assertThat(Math.min(first, second)).isCloseTo(order + 1, within(0.2));
  }

  /** The estimate's own size, which is the local error of the less exact method. */
  @ParameterizedTest
  @CsvSource({
    "heun, 1",
    "midpoint, 1",
    "reversible-heun, 1",
    "coupled-heun, 1",
    "sri1, 1.5",
    "sri2, 1.5"
  })
  void estimatesFallWithGeometricNoise(String name, double order) {
    DrivenMethod driven = on(name, geometric());
    assertThat(slope(2e-3, h -> estimate(driven, h))).isCloseTo(order, within(0.1));
  }

  @ParameterizedTest
  @CsvSource({"heun, 1.5", "reversible-heun, 1.5", "shark, 1.5", "sra1, 1.5", "sra3, 1.5"})
  void estimatesFallWithAdditiveNoise(String name, double order) {
    DrivenMethod driven = on(name, additive());
    assertThat(slope(2e-3, h -> estimate(driven, h))).isCloseTo(order, within(0.1));
  }
}
