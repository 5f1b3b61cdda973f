package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.field.StochasticField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods of stochastic equations on an ordinary one. */
class OrderWithoutNoiseTest {
  private static final double END = 1.2;
  private static final StochasticField FIELD = StochasticField.of(Trigonometric.FIELD);

  static List<String> names() {
    return StochasticMethod.names();
  }

  private static double error(StochasticMethod method, int steps) {
    BrownianPaths paths = BrownianPaths.of(1, END, steps, 1, 1);
    double[] end = StochasticRun.end(method.on(FIELD), paths, Trigonometric.at(0));
    return Trigonometric.error(end, END);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theErrorFallsWithTheOrder(String name) {
    StochasticMethod method = StochasticMethod.named(name);
    int order = method.on(FIELD).method().order();
    int steps = order == 1 ? 1024 : 256;
    double slope = Math.log(error(method, steps) / error(method, 2 * steps)) / Math.log(2);
    assertThat(slope).isCloseTo(order, within(0.25));
  }
}
