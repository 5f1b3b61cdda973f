package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Simplification;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kicks and drifts undone step by step: against keeping every state and finite differences. */
class SymplecticSplittingGradientTest {
  private static final int HALF = 3;
  private static final int WIDTH = 8;
  private static final int ROWS = 5;

  /** dq/dt = p, dp/dt = −C tanh(A q): a learnt force. */
  private static Problem mechanics() {
    Shape in = Shape.matrix(WIDTH, HALF);
    Shape out = Shape.matrix(HALF, WIDTH);
    ParameterLayout layout = ParameterLayout.of(new TreeMap<>(Map.of("a", in, "c", out)));
    Field field =
        Field.of(
            2 * HALF,
            (t, y) -> {
              Value hidden = Value.parameter("a", in).appliedTo(y.slice(0, HALF)).tanh();
              Value force = Value.parameter("c", out).appliedTo(hidden).negated();
              return Value.concatenate(List.of(y.slice(HALF, HALF), force));
            });
    double[] theta = Problem.numbers(layout.size(), 1, 0.6);
    return new Problem(field, layout, theta, Problem.numbers(ROWS * 2 * HALF, 2, 1), ROWS);
  }

  private static ReversibleMethod method(String name, boolean exact) {
    return name.equals("leapfrog") ? Method.leapfrog(exact) : Method.symplecticEuler(exact);
  }

  @ParameterizedTest
  @CsvSource({"leapfrog, 10", "leapfrog, 1000", "symplectic-euler, 100"})
  void onTheGridReversibleGivesTheBitsOfDirectInFloat32(String name, int steps) {
    Problem problem = mechanics();
    TimeGrid grid = new TimeGrid(0, 5, steps);
    ReversibleMethod method = method(name, true);
    var reversible = problem.solve(new SimdBackend(), method, GradientMode.automatic(), grid);
    var direct = problem.solve(new SimdBackend(), method, GradientMode.direct(), grid);
    assertThat(reversible.reconstructionError()).isZero();
    assertThat(reversible.byStart()).containsExactly(direct.byStart());
    assertThat(reversible.byParameters()).containsExactly(direct.byParameters());
  }

  @ParameterizedTest
  @CsvSource({"leapfrog", "symplectic-euler"})
  void theGradientIsThatOfFiniteDifferences(String name) {
    Problem problem = mechanics();
    TimeGrid grid = new TimeGrid(0, 2, 20);
    SimdBackend backend = new SimdBackend(WorkingPrecision.FLOAT64);
    ReversibleMethod method = method(name, false);
    var result = problem.solve(backend, method, GradientMode.reversible(), grid);
    double h = 1e-5;
    for (int i = 0; i < problem.theta().length; i += 5) {
      double up = loss(backend, method, grid, i, h);
      double down = loss(backend, method, grid, i, -h);
      assertThat(result.byParameters()[i]).isCloseTo((up - down) / (2 * h), within(1e-7));
    }
  }

  private static double loss(
      SimdBackend backend, Method method, TimeGrid grid, int index, double change) {
    Problem problem = mechanics();
    problem.theta()[index] += change;
    return problem.solve(backend, method, GradientMode.direct(), grid).loss();
  }

  @Test
  void theReverseStepEvaluatesTheForceOnceAKick() {
    Graph reverse = ReverseStep.fromEnd(Method.leapfrog(true), mechanics().field());
    long activations =
        Simplification.of(reverse).order().stream()
            .filter(
                v ->
                    v.operation() instanceof Operation.Unary unary
                        && unary.function() == UnaryFunction.TANH)
            .count();
    assertThat(activations).isEqualTo(2);
  }
}
