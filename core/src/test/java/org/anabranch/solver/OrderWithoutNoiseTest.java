package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
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

  @ParameterizedTest
  @MethodSource("names")
  void theErrorEstimateFallsWithItsOrder(String name) {
    DrivenMethod driven = StochasticMethod.named(name).on(FIELD);
    boolean any = driven.method().error(driven.field()).isPresent();
    assertThat(any).isEqualTo(driven.method().order() > 1);
    if (!any) {
      assertThatThrownBy(driven.method()::estimateOrder).hasMessageContaining("no error estimate");
      return;
    }
    double slope = Math.log(estimate(driven, 0.01) / estimate(driven, 0.005)) / Math.log(2);
    assertThat(slope).isCloseTo(driven.method().estimateOrder() + 1, within(0.1));
  }

  private static double estimate(DrivenMethod driven, double h) {
    Map<String, double[]> times = Map.of("t", new double[] {0.4}, "h", new double[] {h});
    double[] error =
        new StepRun(driven.method(), driven.field(), times, Trigonometric.at(0.4))
            .with("dW", new double[1])
            .with("dH", new double[1])
            .get(driven.method().error(driven.field()).orElseThrow(), "error");
    return Math.sqrt(Arrays.stream(error).map(x -> x * x).sum());
  }

  @ParameterizedTest
  @MethodSource("names")
  void stepAndErrorShareTheirEvaluations(String name) {
    Field field = Field.of(2, (t, y) -> y.times(t).tanh());
    DrivenMethod driven = StochasticMethod.named(name).on(StochasticField.of(field));
    Graph step = driven.method().step(driven.field());
    Map<String, Value> outputs = new LinkedHashMap<>(step.outputs());
    driven.method().error(driven.field()).ifPresent(error -> outputs.putAll(error.outputs()));
    List<Value> inputs = List.copyOf(step.inputs().values());
    assertThat(activations(Graph.of("all", inputs, outputs))).isEqualTo(activations(step));
  }

  private static long activations(Graph graph) {
    return graph.order().stream()
        .filter(
            v ->
                v.operation() instanceof Operation.Unary unary
                    && unary.function() == UnaryFunction.TANH)
        .count();
  }
}
