package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * MALI on the asynchronous leapfrog: published errors, finite differences, and the direct route.
 */
class AsynchronousLeapfrogGradientTest {
  private static final Backend REFERENCE = new ReferenceBackend();

  /** The undamped leapfrog in plain float64, as the published errors were computed. */
  private static Method plain() {
    return Method.alf(1);
  }

  /** Relative errors of an independent implementation, to three digits of the larger figures. */
  @ParameterizedTest
  @CsvSource({
    "-1, 1, 10, 5.96e-4, 3.245e-3, -1.486e-3",
    "-1, 1, 40, 3.83e-5, 2.080e-4, -1.035e-4",
    "-1, 1, 160, 2.40e-6, 1.302e-5, -6.51e-6",
    "0.5, 5, 20, -7.83e-2, -1.282e-2, -2.042e-2",
    "0.5, 5, 80, -4.95e-3, -8.130e-4, -1.300e-3",
    "-0.1, 10, 10, 5.96e-4, 3.245e-3, -1.486e-3"
  })
  void linearEquationGivesThePublishedErrors(
      double alpha, double end, int steps, double state, double byStart, double byAlpha) {
    Problem problem = Problem.linear(alpha);
    Problem.Result result =
        problem.solve(REFERENCE, plain(), GradientMode.reversible(), new TimeGrid(0, end, steps));
    double growth = Math.exp(2 * alpha * end);
    assertThat(result.end()[0] - Math.exp(alpha * end)).isCloseTo(state, digits(state));
    assertThat(result.byStart()[0] / (2 * growth) - 1).isCloseTo(byStart, digits(byStart));
    assertThat(result.byParameters()[0] / (2 * end * growth) - 1)
        .isCloseTo(byAlpha, digits(byAlpha));
  }

  /** One unit of the third digit: the published figures are themselves rounded. */
  private static org.assertj.core.data.Offset<Double> digits(double published) {
    double exponent = Math.floor(Math.log10(Math.abs(published)));
    return within(Math.pow(10, exponent - 2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gradientEqualsCentralDifferences(boolean exact) {
    Method method = exact ? Method.alf() : plain();
    Problem problem = Problem.network(3, 5, 2);
    TimeGrid grid = new TimeGrid(0.2, 1.4, 12);
    Problem.Result result = problem.solve(REFERENCE, method, GradientMode.reversible(), grid);
    // The grid's rounding (1e-9) divided by the difference's step bounds what differences can show.
    double step = exact ? 1e-3 : 1e-6;
    double tolerance = exact ? 2e-5 : 1e-8;
    compareWithDifferences(
        problem, method, grid, problem.start(), result.byStart(), step, tolerance);
    compareWithDifferences(
        problem, method, grid, problem.theta(), result.byParameters(), step, tolerance);
  }

  private static void compareWithDifferences(
      Problem problem,
      Method method,
      TimeGrid grid,
      double[] moved,
      double[] gradient,
      double step,
      double tolerance) {
    for (int i = 0; i < moved.length; i++) {
      double before = moved[i];
      moved[i] = before + step;
      double up = problem.solve(REFERENCE, method, GradientMode.direct(), grid).loss();
      moved[i] = before - step;
      double down = problem.solve(REFERENCE, method, GradientMode.direct(), grid).loss();
      moved[i] = before;
      assertThat(gradient[i]).isCloseTo((up - down) / (2 * step), within(tolerance));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 1_000})
  void reversibleEqualsDirectToRoundOffInFloat64(int steps) {
    Problem problem = Problem.network(4, 16, 3);
    TimeGrid grid = new TimeGrid(0, 1, steps);
    var reversible = problem.solve(REFERENCE, plain(), GradientMode.reversible(), grid);
    var direct = problem.solve(REFERENCE, plain(), GradientMode.direct(), grid);
    for (int i = 0; i < 2; i++) {
      double[] expected = direct.gradients().get(i);
      double[] actual = reversible.gradients().get(i);
      double largest = 0;
      double difference = 0;
      for (int j = 0; j < expected.length; j++) {
        largest = Math.max(largest, Math.abs(expected[j]));
        difference = Math.max(difference, Math.abs(expected[j] - actual[j]));
      }
      assertThat(difference).isLessThanOrEqualTo(1e-12 * largest);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000})
  void onTheGridReversibleGivesTheBitsOfDirect(int steps) {
    Problem problem = Problem.network(4, 16, 3);
    TimeGrid grid = new TimeGrid(0, 1, steps);
    var reversible = problem.solve(REFERENCE, Method.alf(), GradientMode.reversible(), grid);
    var direct = problem.solve(REFERENCE, Method.alf(), GradientMode.direct(), grid);
    assertThat(reversible.byStart()).containsExactly(direct.byStart());
    assertThat(reversible.byParameters()).containsExactly(direct.byParameters());
  }

  @ParameterizedTest
  @CsvSource({"alf, 1, 37", "alf, 0.9, 37", "alf, 0.7, 100", "rk4, 1, 37"})
  void checkpointedGivesTheBitsOfDirect(String name, double damping, int steps) {
    Method method = name.equals("rk4") ? Method.rk4() : Method.alf(damping);
    Problem problem = Problem.network(4, 8, 3);
    TimeGrid grid = new TimeGrid(0, 1, steps);
    var checkpointed = problem.solve(REFERENCE, method, GradientMode.checkpointed(), grid);
    var direct = problem.solve(REFERENCE, method, GradientMode.direct(), grid);
    assertThat(checkpointed.byStart()).containsExactly(direct.byStart());
    assertThat(checkpointed.byParameters()).containsExactly(direct.byParameters());
    assertThat(checkpointed.bytes()).isLessThan(direct.bytes());
  }

  @Test
  void theReverseStepEvaluatesTheFieldOnce() {
    Problem problem = Problem.network(3, 5, 2);
    Graph reverse = ReverseStep.fromEnd(Method.alf(), problem.field());
    assertThat(activations(reverse)).isEqualTo(activations(problem.field().graph())).isEqualTo(1);
    Graph plainReverse = ReverseStep.fromEnd((ReversibleMethod) plain(), problem.field());
    assertThat(activations(plainReverse)).isEqualTo(1);
  }

  @Test
  void aRungeKuttaStepEvaluatesTheFieldOnceAStage() {
    assertThat(activations(Method.rk4().step(Problem.network(3, 5, 2).field()))).isEqualTo(4);
  }

  private static long activations(Graph graph) {
    return graph.order().stream()
        .filter(
            v ->
                v.operation() instanceof Operation.Unary unary
                    && unary.function() == UnaryFunction.TANH)
        .count();
  }

  @Test
  void aMethodDampedTooMuchIsNotReversible() {
    Problem problem = Problem.linear(-1);
    TimeGrid grid = new TimeGrid(0, 1, 10);
    assertThatThrownBy(
            () -> problem.solve(REFERENCE, Method.alf(0.55), GradientMode.reversible(), grid))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a single step of 'alf' multiplies round-off to 1e-06")
        .hasMessageContaining("damping")
        .hasMessageContaining("checkpointed");
    assertThat(GradientMode.automatic().forSolve(Method.alf(0.8), grid).name())
        .isEqualTo("checkpointed");
    assertThat(GradientMode.automatic().forSolve(Method.alf(), grid).name())
        .isEqualTo("reversible");
  }

  @Test
  void aMethodWithoutInverseIsNotReversible() {
    assertThatThrownBy(
            () -> GradientMode.reversible().forSolve(Method.rk4(), new TimeGrid(0, 1, 10)))
        .hasMessageContaining("'rk4' cannot be undone")
        .hasMessageContaining("checkpointed");
  }

  /**
   * The recursion of Zhuang et al. in plain loops on z' = αz: another route to the same numbers.
   */
  @Test
  void theReverseStepIsThePublishedRecursion() {
    double alpha = 0.7;
    int steps = 9;
    TimeGrid grid = new TimeGrid(0, 1.3, steps);
    double z = 1;
    double v = alpha;
    for (int i = 0; i < steps; i++) {
      double k = z + grid.size(i) / 2 * v;
      v = 2 * alpha * k - v;
      z = k + grid.size(i) / 2 * v;
    }
    double aZ = 2 * z;
    double aV = 0;
    double byAlpha = 0;
    for (int i = steps - 1; i >= 0; i--) {
      double h = grid.size(i);
      double k = z - h / 2 * v;
      v = 2 * alpha * k - v;
      z = k - h / 2 * v;
      double bV = aV + h / 2 * aZ;
      double bU = 2 * bV;
      byAlpha += bU * k;
      double aK = aZ + bU * alpha;
      aZ = aK;
      aV = -bV + h / 2 * aK;
    }
    byAlpha += aV * z;
    double byStart = aZ + aV * alpha;
    var result = Problem.linear(alpha).solve(REFERENCE, plain(), GradientMode.reversible(), grid);
    assertThat(result.byStart()[0]).isCloseTo(byStart, within(1e-14 * byStart));
    assertThat(result.byParameters()[0]).isCloseTo(byAlpha, within(1e-14 * byAlpha));
    assertThat(List.of(result.restored()[0]))
        .allSatisfy(x -> assertThat(x).isCloseTo(1, within(1e-14)));
  }
}
