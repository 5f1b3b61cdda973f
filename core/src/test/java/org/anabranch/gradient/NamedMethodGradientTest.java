package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.solver.Method;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that keep a slope in their state, or solve with Jacobians: what could go wrong apart. */
class NamedMethodGradientTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final TimeGrid GRID = new TimeGrid(0, 1, 7);

  @ParameterizedTest
  @ValueSource(strings = {"euler", "heun", "bosh3", "dopri5", "tsit5", "dopri8", "rodas4"})
  void theGradientIsThatOfFiniteDifferences(String name) {
    Problem problem = Problem.network(3, 5, 2);
    Method method = Method.named(name);
    var result = problem.solve(REFERENCE, method, GradientMode.direct(), GRID);
    double h = 1e-5;
    for (int i = 0; i < problem.theta().length; i += 3) {
      double difference = (loss(method, i, h) - loss(method, i, -h)) / (2 * h);
      assertThat(result.byParameters()[i]).isCloseTo(difference, within(1e-8));
    }
    for (int i = 0; i < problem.start().length; i++) {
      double difference = (lossFrom(method, i, h) - lossFrom(method, i, -h)) / (2 * h);
      assertThat(result.byStart()[i]).isCloseTo(difference, within(1e-8));
    }
  }

  private static double loss(Method method, int index, double change) {
    Problem problem = Problem.network(3, 5, 2);
    problem.theta()[index] += change;
    return problem.solve(REFERENCE, method, GradientMode.direct(), GRID).loss();
  }

  private static double lossFrom(Method method, int index, double change) {
    Problem problem = Problem.network(3, 5, 2);
    problem.start()[index] += change;
    return problem.solve(REFERENCE, method, GradientMode.direct(), GRID).loss();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dopri5", "rodas4"})
  void checkpointedGivesTheBitsOfDirect(String name) {
    Problem problem = Problem.network(3, 5, 2);
    var direct = problem.solve(REFERENCE, Method.named(name), GradientMode.direct(), GRID);
    var kept = problem.solve(REFERENCE, Method.named(name), GradientMode.checkpointed(), GRID);
    assertThat(kept.byParameters()).containsExactly(direct.byParameters());
    assertThat(kept.byStart()).containsExactly(direct.byStart());
  }
}
