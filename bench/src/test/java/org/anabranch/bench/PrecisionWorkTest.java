package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anabranch.solver.Method;
import org.junit.jupiter.api.Test;

class PrecisionWorkTest {
  @Test
  void dormandAndPrincesMethodTakesTheWorkOfHipparchuss() {
    for (PrecisionProblem problem : PrecisionProblem.all()) {
      PrecisionWork ours = PrecisionWork.ours(problem, "dopri5", 1e-6);
      PrecisionWork theirs = PrecisionWork.hipparchus(problem, "dopri5", 1e-6);
      assertThat(ours.error()).isLessThan(2 * theirs.error());
      assertThat(ours.evaluations())
          .as(problem.name())
          // On HIRES both controllers bounce along the edge of stability: 12 % apart, else 1 %.
          .isCloseTo(theirs.evaluations(), within(0.15 * theirs.evaluations()));
    }
  }

  @Test
  void evaluationsOfAStepAreCounted() {
    assertThat(PrecisionWork.stages(Method.rk4())).isEqualTo(4);
    assertThat(PrecisionWork.stages(Method.named("dopri5"))).isEqualTo(6);
    assertThat(PrecisionWork.stages(Method.named("dopri8"))).isEqualTo(12);
    assertThat(PrecisionWork.stages(Method.alf())).isEqualTo(1);
  }
}
