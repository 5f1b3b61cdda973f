package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anabranch.gradient.ReverseStep;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.nn.Activation;
import org.anabranch.solver.Method;
import org.anabranch.train.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SolverMethodsTest {
  static List<String> names() {
    return SolverMethods.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyChoiceBuildsAModelsStepsThereAndBack(String name) {
    Pipeline pipeline = model(name).pipeline();
    assertThat(pipeline.method().name()).isEqualTo(name);
    assertThat(pipeline.method().step(pipeline.field()).outputs()).isNotEmpty();
    assertThat(ReverseStep.fromStart(pipeline.method(), pipeline.field()).accumulations())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"leapfrog", "symplectic-euler"})
  void whatAModelsFieldDoesNotAllowIsNoChoice(String name) {
    assertThat(SolverMethods.names()).doesNotContain(name);
    Pipeline pipeline = model(name).pipeline();
    assertThatThrownBy(() -> pipeline.method().step(pipeline.field()))
        .hasMessageContaining("dq/dt must read p only");
  }

  private static NeuralOdeClassifier model(String method) {
    return new NeuralOdeClassifier(
        2, 2, 4, List.of(8), Activation.TANH, method, 1, true, 1, 10, "automatic", 1);
  }

  @Test
  void theReversibleOnesCanBeUndone() {
    assertThat(SolverMethods.names().stream().filter(SolverMethods::canBeUndone))
        .contains("alf", "coupled-rk4")
        .doesNotContain("rk4", "rodas4");
    assertThat(SolverMethods.canBeUndone(0.9)).isTrue();
    assertThat(SolverMethods.canBeUndone(0.55)).isFalse();
    assertThat(Method.names()).containsAll(SolverMethods.names());
  }

  @Test
  void theseEstimateTheirErrors() {
    assertThat(SolverMethods.names().stream().filter(SolverMethods::estimatesErrors))
        .contains("alf", "bosh3", "dopri5", "tsit5", "dopri8", "rodas4")
        .doesNotContain("euler", "rk4");
  }
}
