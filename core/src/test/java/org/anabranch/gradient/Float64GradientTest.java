package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.solver.Method;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole path in float64 on vector kernels: the reference's numbers to round-off. */
class Float64GradientTest {
  private static final Backend SIMD = new SimdBackend(WorkingPrecision.FLOAT64);
  private static final Backend REFERENCE = new ReferenceBackend();

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 1_000})
  void reversibleEqualsDirectToRoundOff(int steps) {
    Problem problem = Problem.network(7, 19, 33);
    TimeGrid grid = new TimeGrid(0, 1, steps);
    var reversible = problem.solve(SIMD, Method.alf(1), GradientMode.reversible(), grid);
    var direct = problem.solve(SIMD, Method.alf(1), GradientMode.direct(), grid);
    assertThat(reversible.differenceFrom(direct)).isLessThanOrEqualTo(1e-12);
    assertThat(reversible.reconstructionError()).isLessThan(1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000})
  void onTheGridReversibleGivesTheBitsOfDirectAndComesBackToTheStart(int steps) {
    Problem problem = Problem.network(7, 19, 33);
    TimeGrid grid = new TimeGrid(0, 5, steps);
    var reversible = problem.solve(SIMD, Method.alf(), GradientMode.reversible(), grid);
    var direct = problem.solve(SIMD, Method.alf(), GradientMode.direct(), grid);
    assertThat(reversible.reconstructionError()).isZero();
    assertThat(reversible.byStart()).containsExactly(direct.byStart());
    assertThat(reversible.byParameters()).containsExactly(direct.byParameters());
  }

  @ParameterizedTest
  @CsvSource({"alf, reversible", "alf, direct", "alf, checkpointed", "rk4, checkpointed"})
  void float64FollowsTheReferenceToRoundOff(String name, String mode) {
    Method method = name.equals("rk4") ? Method.rk4() : Method.alf(1);
    GradientMode gradient =
        switch (mode) {
          case "reversible" -> GradientMode.reversible();
          case "direct" -> GradientMode.direct();
          default -> GradientMode.checkpointed();
        };
    Problem problem = Problem.network(5, 17, 21);
    TimeGrid grid = new TimeGrid(0, 1, 20);
    var expected = problem.solve(REFERENCE, method, GradientMode.direct(), grid);
    assertThat(problem.solve(SIMD, method, gradient, grid).differenceFrom(expected))
        .isLessThanOrEqualTo(1e-13);
  }
}
