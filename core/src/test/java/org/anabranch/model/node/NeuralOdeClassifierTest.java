package org.anabranch.model.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anabranch.nn.Activation;
import org.junit.jupiter.api.Test;

class NeuralOdeClassifierTest {
  private static NeuralOdeClassifier model(int state, String method, String gradient) {
    return new NeuralOdeClassifier(
        64, 10, state, List.of(32), Activation.TANH, method, 1, true, 1, 8, gradient, 16);
  }

  @Test
  void theStateIsWidenedByLearntCoordinates() {
    // stem 16·(64+1), field 80·32+32 + 32·80+80, head 10·(80+1)
    assertThat(model(80, "alf", "automatic").layout().size())
        .isEqualTo(16 * 65 + 80 * 32 + 32 + 32 * 80 + 80 + 810);
  }

  @Test
  void aStateAsWideAsTheInputHasNoStem() {
    assertThat(model(64, "alf", "automatic").layout().views().get(0).name())
        .isEqualTo("field.0.weight");
  }

  @Test
  void aNarrowerStateIsAProjection() {
    assertThat(model(20, "alf", "automatic").layout().view("stem.weight").shape().extents())
        .containsExactly(20, 64);
  }

  @Test
  void modelJsonGivesTheModelBack() {
    NeuralOdeClassifier model = model(80, "rk4", "checkpointed");
    assertThat(NeuralOdeClassifier.parse(model.toJson())).isEqualTo(model);
    assertThat(model.toJson()).contains("\"format\" : \"anabranch-model\"");
  }

  @Test
  void aStableModelHasTheSameParametersAndComesBackFromItsFile() {
    NeuralOdeClassifier model = model(80, "alf", "automatic");
    NeuralOdeClassifier stable = model.stable();
    assertThat(stable.layout()).isEqualTo(model.layout());
    assertThat(stable.pipeline().method().name()).isEqualTo("coupled-heun");
    assertThat(stable.pipeline().mode().name()).isEqualTo("reversible");
    assertThat(stable.decayRate()).isEqualTo(16);
    assertThat(NeuralOdeClassifier.parse(stable.toJson())).isEqualTo(stable);
    assertThat(model(80, "alf", "binomial").stable().pipeline().mode().name())
        .isEqualTo("binomial");
  }

  @Test
  void anotherFileIsNoModel() {
    assertThatThrownBy(() -> NeuralOdeClassifier.parse("{\"format\": \"onnx\"}"))
        .hasMessageContaining("format is 'onnx', expected 'anabranch-model'");
    assertThatThrownBy(() -> NeuralOdeClassifier.parse("{"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.json");
  }

  @Test
  void aMethodThatCannotBeUndoneRefusesTheReversibleGradient() {
    assertThatThrownBy(() -> model(80, "rk4", "reversible").pipeline())
        .hasMessageContaining("cannot be undone");
  }
}
