package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
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

  /** Round-off grows by e to the 60 from the end to the start: states must be kept. */
  @ParameterizedTest
  @CsvSource({"euler, 600", "heun, 300", "dopri5, 200", "dopri5, 2000"})
  void whereUndoingSpoilsStatesTheyAreSetRight(String tableau, int steps) {
    Problem problem = Problem.network(4, 16, 3);
    TimeGrid grid = new TimeGrid(0, 3, steps);
    ReversibleMethod method = Method.reversibleAtRate(Tableau.named(tableau), 20);
    var reversible = problem.solve(FLOAT64, method, GradientMode.reversible(), grid);
    var direct = problem.solve(FLOAT64, method, GradientMode.direct(), grid);
    assertThat(reversible.differenceFrom(direct)).isBetween(1e-15, 1e-6);
    assertThat(reversible.reconstructionError()).isBetween(1e-12, 4e-6); // of numbers up to 3
  }

  @Test
  void samplesThatStepOnTheirOwnAreSetRightAtTheirOwnSteps() {
    Problem problem = Problem.network(4, 16, 30);
    AdaptiveSpan span = new AdaptiveSpan(0, 3, AdaptiveSteps.of(1e-5, 1e-7));
    ReversibleMethod method = Method.reversibleAtRate(Tableau.named("bosh3"), 20);
    var reversible = problem.solve(FLOAT64, method, GradientMode.reversible(), span);
    var direct = problem.solve(FLOAT64, method, GradientMode.direct(), span);
    assertThat(reversible.differenceFrom(direct)).isBetween(1e-15, 1e-6);
  }

  /** c T = 60, and ln(1e-6 / 2^-52) is 22: two states beside the start, or three. */
  @Test
  void theStatesKeptDependOnRateAndTimeAndNotOnTheSteps() {
    Problem problem = Problem.network(4, 16, 3);
    ReversibleMethod method = Method.reversibleAtRate(Tableau.named("heun"), 20);
    List<Long> bytes =
        IntStream.of(100, 1_000, 10_000)
            .mapToObj(steps -> new TimeGrid(0, 3, steps))
            .map(grid -> problem.solve(FLOAT64, method, GradientMode.reversible(), grid).bytes())
            .toList();
    assertThat(bytes.get(2)).isEqualTo(bytes.get(1));
    long state = 2 * 3 * 4 * Double.BYTES;
    assertThat(bytes.get(1) - bytes.get(0)).isBetween(0L, 4 * state);
    long less =
        problem.solve(FLOAT64, method, GradientMode.reversible(), new TimeGrid(0, 1, 100)).bytes();
    assertThat(bytes.get(0)).isGreaterThan(less + state);
  }

  @Test
  void aStepThatCannotBeUndoneIsRefusedWithTheRemedy() {
    TimeGrid grid = new TimeGrid(0, 1, 100);
    assertThatThrownBy(() -> GradientMode.reversible().forSolve(method("rk4", 1e-10), grid))
        .hasMessageContaining("a single step of 'coupled-rk4' multiplies round-off to 2e-06")
        .hasMessageContaining("checkpointed")
        .hasMessageContaining("coupling nearer to 1");
    assertThat(GradientMode.automatic().forSolve(method("rk4", 0.99), grid).name())
        .isEqualTo("checkpointed");
  }
}
