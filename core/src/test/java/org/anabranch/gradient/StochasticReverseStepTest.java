package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
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
  private static final List<Double> START = List.of(0.4, -0.2, 0.9);
  private static final ParameterLayout LAYOUT = layout();

  private static ParameterLayout layout() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("a", Shape.matrix(D, D));
    shapes.put("b", Shape.matrix(D * M, D));
    return ParameterLayout.of(shapes);
  }

  /** μ = tanh(A y), σ = tanh(B y) as a matrix. */
  static final StochasticField NET =
      StochasticField.of(D, Noise.GENERAL, Calculus.STRATONOVICH, (t, y) -> coefficients(y));

  private static Coefficients coefficients(Value y) {
    Value mu = Value.parameter("a", Shape.matrix(D, D)).appliedTo(y).tanh();
    Value sigma = Value.parameter("b", Shape.matrix(D * M, D)).appliedTo(y).tanh();
    return new Coefficients(mu, sigma.reshaped(Shape.matrix(D, M)));
  }

  private static List<Double> theta() {
    return Arrays.stream(StochasticReplay.normals(LAYOUT.size(), -1))
        .map(x -> 0.7 * x)
        .boxed()
        .toList();
  }

  private static StochasticReplay replay(Backend backend, StochasticMethod method, int steps) {
    double[][] dw = StochasticReplay.increments(steps, M);
    StochasticReplay.Steps taken = StochasticReplay.Steps.of(dw);
    return new StochasticReplay(backend, method.on(NET), taken, LAYOUT, theta(), START);
  }

  /** Reversible Heun on the grid by its points of time. */
  private static StochasticReplay byPoints(Backend backend, int steps) {
    DrivenMethod driven = StochasticMethod.reversibleHeun(true).on(NET).overOneGrid();
    double[][] dw = StochasticReplay.increments(steps, M);
    StochasticReplay.Steps points = StochasticReplay.Steps.points(dw);
    return new StochasticReplay(backend, driven, points, LAYOUT, theta(), START);
  }

  private static ReversibleHeunRecursion recursion(int steps) {
    double[] theta = theta().stream().mapToDouble(Double::doubleValue).toArray();
    double[] start = START.stream().mapToDouble(Double::doubleValue).toArray();
    double[][] dw = StochasticReplay.increments(steps, M);
    return new ReversibleHeunRecursion(D, M, theta, StochasticReplay.END / steps, dw, start);
  }

  private static void assertClose(double[] actual, double[] expected, double tolerance) {
    double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(tolerance * size));
    }
  }

  private static void assertClose(
      StochasticReplay.Result actual, ReversibleHeunRecursion expected, double tolerance) {
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
    StochasticReplay replay =
        replay(new ReferenceBackend(), StochasticMethod.reversibleHeun(false), steps);
    assertClose(replay.gradient(restoring), recursion(steps), 1e-12);
  }

  /** States lie on a grid of 2⁻³⁰, the recursion's do not. */
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 256})
  void formsOnTheGridHaveTheSameGradientUpToTheGrid(int steps) {
    Backend backend = new ReferenceBackend();
    StochasticReplay grid = replay(backend, StochasticMethod.reversibleHeun(true), steps);
    assertClose(grid.gradient(true), recursion(steps), 1e-7);
    assertClose(byPoints(backend, steps).gradient(true), recursion(steps), 1e-7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "simd"})
  void gradientsFromRestoredStatesAreThoseFromStoredOnesToTheLastBit(String name) {
    Backend backend = name.equals("simd") ? new SimdBackend() : new ReferenceBackend();
    for (StochasticReplay replay :
        List.of(
            replay(backend, StochasticMethod.reversibleHeun(true), 300),
            replay(backend, StochasticMethod.coupledHeun(1), 300),
            byPoints(backend, 300))) {
      StochasticReplay.Result stored = replay.gradient(false);
      StochasticReplay.Result restored = replay.gradient(true);
      assertThat(restored.byParameters()).isEqualTo(stored.byParameters());
      assertThat(restored.byStart()).isEqualTo(stored.byStart());
    }
  }

  @ParameterizedTest
  @CsvSource({"reversible-heun-plain, 2, 2", "reversible-heun, 2, 1", "coupled-heun, 4, 4"})
  void inverseAndProductShareTheirEvaluations(String name, int ofSteps, int overOneGrid) {
    DrivenMethod driven = StochasticMethod.named(name).on(NET);
    assertThat(evaluations(driven)).isEqualTo(ofSteps);
    assertThat(evaluations(driven.overOneGrid())).isEqualTo(overOneGrid);
  }

  private static double evaluations(DrivenMethod driven) {
    Graph graph = ReverseStep.fromEnd((ReversibleMethod) driven.method(), driven.field());
    long activations =
        graph.order().stream()
            .filter(
                v ->
                    v.operation() instanceof Operation.Unary unary
                        && unary.function() == UnaryFunction.TANH)
            .count();
    return activations / 2.0; // One for μ, one for σ.
  }
}
