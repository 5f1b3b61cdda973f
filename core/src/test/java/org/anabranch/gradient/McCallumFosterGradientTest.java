package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.Tableau;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Coupled Runge-Kutta methods undone step by step: against keeping every state. */
class McCallumFosterGradientTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final Backend FLOAT32 = new SimdBackend();
  private static final Backend FLOAT64 = new SimdBackend(WorkingPrecision.FLOAT64);

  private static ReversibleMethod method(String tableau, double coupling) {
    return Method.reversible(Tableau.named(tableau), coupling);
  }

  @ParameterizedTest
  @CsvSource({"euler", "heun", "bosh3", "rk4", "dopri5", "tsit5", "dopri8"})
  void reversibleEqualsDirect(String tableau) {
    Problem problem = Problem.network(4, 16, 3);
    TimeGrid grid = new TimeGrid(0, 1, 100);
    ReversibleMethod method = method(tableau, 0.99);
    var reversible = problem.solve(FLOAT64, method, GradientMode.reversible(), grid);
    var direct = problem.solve(FLOAT64, method, GradientMode.direct(), grid);
    assertThat(reversible.differenceFrom(direct)).isLessThan(1e-12);
    assertThat(reversible.reconstructionError()).isBetween(0.0, 1e-13);
  }

  @Test
  void inFloat32TheStateIsStillRestoredToFloat64() {
    Problem problem = Problem.network(4, 16, 3);
    TimeGrid grid = new TimeGrid(0, 1, 100);
    ReversibleMethod method = method("rk4", 0.99);
    var reversible = problem.solve(FLOAT32, method, GradientMode.reversible(), grid);
    var direct = problem.solve(FLOAT32, method, GradientMode.direct(), grid);
    assertThat(reversible.differenceFrom(direct)).isLessThan(1e-6);
    assertThat(reversible.reconstructionError()).isLessThan(1e-9);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000})
  void withoutDampingReversibleGivesTheBitsOfDirectAndComesBackToTheStart(int steps) {
    Problem problem = Problem.network(7, 19, 33);
    TimeGrid grid = new TimeGrid(0, 1, steps);
    ReversibleMethod method = method("heun", 1);
    var reversible = problem.solve(FLOAT32, method, GradientMode.reversible(), grid);
    var direct = problem.solve(FLOAT32, method, GradientMode.direct(), grid);
    assertThat(reversible.reconstructionError()).isZero();
    assertThat(reversible.byStart()).containsExactly(direct.byStart());
    assertThat(reversible.byParameters()).containsExactly(direct.byParameters());
  }

  @Test
  void memoryDoesNotGrowWithTheSteps() {
    Problem problem = Problem.network(4, 16, 3);
    ReversibleMethod method = method("rk4", 0.99);
    long few =
        problem.solve(REFERENCE, method, GradientMode.reversible(), new TimeGrid(0, 1, 10)).bytes();
    long many =
        problem
            .solve(REFERENCE, method, GradientMode.reversible(), new TimeGrid(0, 1, 1_000))
            .bytes();
    assertThat(many).isEqualTo(few);
  }

  @Test
  void theReverseStepEvaluatesEveryStageOnce() {
    Graph reverse = ReverseStep.fromEnd(method("rk4", 0.99), Problem.network(3, 5, 2).field());
    long activations =
        reverse.order().stream()
            .filter(
                v ->
                    v.operation() instanceof Operation.Unary unary
                        && unary.function() == UnaryFunction.TANH)
            .count();
    assertThat(activations).isEqualTo(8);
  }

  @Test
  void moreStepsThanTheDampingAllowsAreRefusedWithTheRemedy() {
    ReversibleMethod method = method("rk4", 0.99);
    // 0.99 to the power −2205 is 1e-6 / 2^-52.
    assertThat(GradientMode.reversible().forSolve(method, new TimeGrid(0, 1, 2_200)).name())
        .isEqualTo("reversible");
    assertThatThrownBy(() -> GradientMode.reversible().forSolve(method, new TimeGrid(0, 1, 2_300)))
        .hasMessageContaining("2300 steps of 'coupled-rk4' multiplies round-off by about 1e10")
        .hasMessageContaining("checkpointed")
        .hasMessageContaining("coupling nearer to 1");
    assertThat(GradientMode.automatic().forSolve(method, new TimeGrid(0, 1, 100)).name())
        .isEqualTo("checkpointed");
  }
}
