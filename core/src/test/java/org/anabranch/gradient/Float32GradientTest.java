package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.solver.Method;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole path in float32: the reversal is exact to the bit, and the numbers are the oracle's.
 */
class Float32GradientTest {
  private static final Backend SIMD = new SimdBackend();
  private static final Backend REFERENCE = new ReferenceBackend();

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000, 10_000})
  void reversibleGivesTheBitsOfDirectAndComesBackToTheStart(int steps) {
    Problem problem = Problem.network(7, 19, 33);
    TimeGrid grid = new TimeGrid(0, 5, steps);
    var reversible = problem.solve(SIMD, Method.alf(), GradientMode.reversible(), grid);
    var direct = problem.solve(SIMD, Method.alf(), GradientMode.direct(), grid);
    assertThat(reversible.reconstructionError()).isZero();
    assertThat(reversible.byStart()).containsExactly(direct.byStart());
    assertThat(reversible.byParameters()).containsExactly(direct.byParameters());
    assertThat(reversible.end()).containsExactly(direct.end());
  }

  @Test
  void withoutTheGridTheReversalIsNotExact() {
    Problem problem = Problem.network(7, 19, 33);
    TimeGrid grid = new TimeGrid(0, 5, 1_000);
    var plain = problem.solve(SIMD, Method.alf(1), GradientMode.reversible(), grid);
    assertThat(plain.reconstructionError()).isBetween(1e-7, 1e-2);
  }

  @ParameterizedTest
  @CsvSource({"alf, reversible", "alf, direct", "alf, checkpointed", "rk4, checkpointed"})
  void float32FollowsTheReferenceToItsPrecision(String name, String mode) {
    Method method = name.equals("rk4") ? Method.rk4() : Method.alf();
    GradientMode gradient =
        switch (mode) {
          case "reversible" -> GradientMode.reversible();
          case "direct" -> GradientMode.direct();
          default -> GradientMode.checkpointed();
        };
    Problem problem = Problem.network(5, 17, 21);
    TimeGrid grid = new TimeGrid(0, 1, 20);
    var expected = problem.solve(REFERENCE, method, GradientMode.direct(), grid);
    var actual = problem.solve(SIMD, method, gradient, grid);
    assertThat(actual.differenceFrom(expected)).isLessThan(2e-6);
  }
}
