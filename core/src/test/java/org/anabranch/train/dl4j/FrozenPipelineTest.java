package org.anabranch.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.graph.Type;
import org.anabranch.model.node.FrozenStem;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.nn.Activation;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.OpaqueStage;
import org.anabranch.train.PipelineWorker;
import org.anabranch.train.Standardisation;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** A classifier behind a frozen stem, beside the same classifier of what the stem makes. */
class FrozenPipelineTest {
  private static final int CAPACITY = 32;
  private static final int ROWS = 20;
  private static final FrozenStem DESCRIBED = new FrozenStem("stem.zip", "0".repeat(64), 4, 3);

  @BeforeAll
  static void natives() {
    Networks.requireNatives();
  }

  private static OpaqueStage stage() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(Networks.perceptron(DataType.FLOAT), bytes, false);
    return Dl4jStem.open("stem.zip", bytes.toByteArray()).stage(4);
  }

  private static NeuralOdeClassifier model(int inputs, @Nullable FrozenStem stem) {
    return new NeuralOdeClassifier(
        inputs,
        3,
        5,
        List.of(6),
        Activation.TANH,
        "alf",
        1,
        true,
        1,
        4,
        "automatic",
        1,
        Standardisation.none(),
        null,
        stem,
        null,
        null);
  }

  @Test
  void lossAndGradientAreThoseOfTheStemsOutputsAsFeatures() throws IOException {
    OpaqueStage stage = stage();
    float[] features = floats(Networks.numbers(ROWS * 4, 7));
    PipelineWorker behind = worker(model(4, DESCRIBED), stage);
    PipelineWorker plain = worker(model(3, null), null);
    BlockResult expected = plain.gradient(block(3, made(stage, features)));
    BlockResult found = behind.gradient(block(4, features));
    assertThat(found.loss()).isEqualTo(expected.loss());
    assertThat(found.gradient()).containsExactly(expected.gradient());
    assertThat(Arrays.stream(found.gradient())).anyMatch(g -> Math.abs(g) > 1e-3);
  }

  @Test
  void theModelSaysItsStemAndTakesNoOther() throws IOException {
    NeuralOdeClassifier model = model(4, DESCRIBED);
    assertThat(NeuralOdeClassifier.parse(model.toJson())).isEqualTo(model);
    assertThat(model(4, null).toJson()).doesNotContain("stem");
    assertThat(model.layout().view("stem.weight").shape().extents()).containsExactly(2, 3);
    assertThatThrownBy(model::pipeline).hasMessageContaining("its stem is 4 to 3");
    OpaqueStage stage = stage();
    assertThatThrownBy(() -> model(4, null).pipeline(stage)).hasMessageContaining("is none");
    assertThatThrownBy(() -> new FrozenStem("../a", "0".repeat(64), 4, 3))
        .hasMessageContaining("'../a'");
    assertThatThrownBy(() -> model(5, DESCRIBED)).hasMessageContaining("takes 4 numbers");
  }

  private static PipelineWorker worker(NeuralOdeClassifier model, @Nullable OpaqueStage stem) {
    PipelineWorker worker = new PipelineWorker(model.pipeline(stem), new SimdBackend(), CAPACITY);
    worker.load(Networks.numbers(model.layout().size(), 3));
    return worker;
  }

  private static float[] made(OpaqueStage stage, float[] features) {
    Buffer input = new SimdBackend().buffer(Type.perSample(4), ROWS);
    Buffer output = new SimdBackend().buffer(Type.perSample(3), ROWS);
    double[] numbers = new double[features.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = features[i];
    }
    input.set(numbers);
    stage.tile(ROWS).forward(input, output);
    double[] made = new double[ROWS * 3];
    output.get(made);
    return floats(made);
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static Block block(int width, float[] features) {
    long[] ids = new long[ROWS];
    float[] labels = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      ids[row] = row;
      labels[row] = row % 3;
    }
    return Block.of(0, CAPACITY, width, ids, features, labels);
  }
}
