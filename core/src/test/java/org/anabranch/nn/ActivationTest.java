package org.anabranch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.graph.DerivativeCheck;
import org.anabranch.graph.Graph;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
  private static final ParameterLayout NONE = ParameterLayout.of(Map.of());
  private static final int SIZE = 41;

  private static Graph graph(Activation activation) {
    Value x = Value.input("x", Type.perSample(SIZE));
    return Graph.of(activation.name(), List.of(x), Map.of("y", activation.apply(x)));
  }

  private static double[] on(Backend backend, Activation activation, double[] x) {
    return new GraphRun(backend, graph(activation), NONE, 1).set("x", x).run().get("y");
  }

  /** −10, −9.5, …, 10. */
  private static double[] arguments() {
    double[] x = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      x[i] = (i - 20) / 2.0;
    }
    return x;
  }

  /** The published formulas in another form than the graph's. */
  private static DoubleUnaryOperator formula(Activation activation) {
    return switch (activation) {
      case TANH -> x -> 1 - 2 / (Math.exp(2 * x) + 1);
      case SIGMOID -> x -> 0.5 + 0.5 * Math.tanh(x / 2);
      case SOFTPLUS -> x -> Math.log1p(Math.exp(x));
      case RELU -> x -> (x + Math.abs(x)) / 2;
      case SIN -> Math::sin;
      case SWISH -> x -> x / (1 + Math.exp(-x));
      case LIP_SWISH -> x -> 0.909 * x / (1 + Math.exp(-x));
      case ELU -> x -> x > 0 ? x : Math.exp(x) - 1;
      case GELU -> x -> x * normalDistribution(x);
    };
  }

  /** By Simpson's rule on the density. */
  private static double normalDistribution(double x) {
    int steps = 20_000;
    double h = x / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double weight = i == 0 || i == steps ? 1 : 2 + 2 * (i % 2);
      sum += weight * Math.exp(-i * h * i * h / 2);
    }
    return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
  }

  @ParameterizedTest
  @EnumSource
  void isThePublishedFormula(Activation activation) {
    double[] y = on(new ReferenceBackend(), activation, arguments());
    double[] narrow = on(new SimdBackend(), activation, arguments());
    for (int i = 0; i < SIZE; i++) {
      double expected = formula(activation).applyAsDouble(arguments()[i]);
      assertThat(y[i]).isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
      assertThat(narrow[i]).isCloseTo(expected, within(0x1p-21 * (1 + Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void derivativesEqualDifferences(Activation activation) {
    DerivativeCheck check = new DerivativeCheck(graph(activation), NONE, 2, 5);
    check.pullbackEqualsDifferences(1e-7);
    check.second().pullbackEqualsDifferences(1e-7);
    check.pushforwardIsTheTransposedPullback();
  }

  @Test
  void eluHasSlopeOneAtZeroAndNoNaNFarOut() {
    Graph slope = new DerivativeCheck(graph(Activation.ELU), NONE, 1, 1).pullback();
    double[] ones = new double[SIZE];
    Arrays.fill(ones, 1);
    double[] x = arguments();
    x[0] = -200;
    x[SIZE - 1] = 200;
    GraphRun run = new GraphRun(new SimdBackend(), slope, NONE, 1);
    double[] found = run.set("x", x).set("c.y.ELU", ones).run().get("x");
    assertThat(found[0]).isZero();
    assertThat(found[20]).isOne();
    assertThat(found[SIZE - 1]).isOne();
  }
}
