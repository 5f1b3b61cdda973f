package org.anabranch.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.train.OpaqueStage;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

class Dl4jNetworkTest {
  private static final int ROWS = 3;

  @BeforeAll
  static void natives() {
    Networks.requireNatives();
  }

  @Test
  void theProductIsThatOfFiniteDifferences() {
    assertProductHolds(Dl4jNetwork.of("stem", Networks.perceptron(DataType.DOUBLE), 4));
  }

  @Test
  void theProductOfAConvolutionIsThatOfFiniteDifferences() {
    assertProductHolds(Dl4jNetwork.of("stem", Networks.convolutional(), 36));
  }

  @Test
  void thePassesAreRepeatedToTheLastBit() {
    Dl4jNetwork network = Dl4jNetwork.of("stem", Networks.perceptron(DataType.FLOAT), 4);
    Passes passes = new Passes(network);
    double first = passes.value(network.parameters(), Networks.numbers(ROWS * 4, 1));
    double[] gradient = passes.back();
    passes.value(Networks.numbers(network.layout().size(), 9), Networks.numbers(ROWS * 4, 8));
    passes.back();
    assertThat(passes.value(network.parameters(), Networks.numbers(ROWS * 4, 1))).isEqualTo(first);
    assertThat(passes.back()).containsExactly(gradient);
  }

  @Test
  void parametersAreNamedViewsInDl4jsOrder() {
    Dl4jNetwork network = Dl4jNetwork.of("stem", Networks.perceptron(DataType.FLOAT), 4);
    assertThat(network.layout().views())
        .extracting(ParameterLayout.View::name)
        .containsExactly("stem.0_W", "stem.0_b", "stem.1_W", "stem.1_b");
    assertThat(network.layout().size()).isEqualTo(4 * 5 + 5 + 5 * 3 + 3);
    assertThat(network.outputs()).isEqualTo(3);
    assertThat(network.numericsId()).isEqualTo("nd4j-float");
  }

  @Test
  void whatIsNoPureFunctionIsRefused() {
    assertRefused(dense().dropOut(0.5).build(), "layer 0, a DenseLayer, has dropout", "Take");
    assertRefused(dense().l2(1e-3).build(), "has regularisation", "Take it out");
    assertRefused(dense().activation(Activation.RRELU).build(), "random slope", "LEAKYRELU");
    assertRefused(
        new BatchNormalization.Builder().nIn(4).nOut(4).build(),
        "a BatchNormalization, is not known to be a function",
        "DenseLayer");
    assertRefused(new OutputLayer.Builder().nIn(4).nOut(4).build(), "OutputLayer", "leave");
  }

  private static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nIn(4).nOut(4);
  }

  private static void assertRefused(Layer layer, String fact, String remedy) {
    MultiLayerNetwork network = Networks.of(DataType.DOUBLE, layer);
    assertThatThrownBy(() -> Dl4jNetwork.of("stem", network, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(fact)
        .hasMessageContaining(remedy);
  }

  private static void assertProductHolds(Dl4jNetwork network) {
    Passes passes = new Passes(network);
    double[] theta = network.parameters();
    double[] x = Networks.numbers(ROWS * network.inputs(), 1);
    passes.value(theta, x);
    double[] gradient = passes.back();
    double[] ofX = passes.inputCotangent();
    double h = 1e-5;
    for (int i = 0; i < theta.length; i++) {
      assertThat(gradient[i]).isCloseTo(passes.slope(theta, x, theta, i, h), within(1e-8));
    }
    for (int i = 0; i < x.length; i++) {
      assertThat(ofX[i]).isCloseTo(passes.slope(theta, x, x, i, h), within(1e-8));
    }
    assertThat(Arrays.stream(gradient)).anyMatch(g -> Math.abs(g) > 0.01);
    assertThat(Arrays.stream(ofX)).anyMatch(g -> Math.abs(g) > 0.01);
  }

  /** A weighted sum of the outputs, by the parameters and the input. */
  private static final class Passes {
    private final OpaqueStage.Tile tile;
    private final Buffer input;
    private final Buffer inputCotangent;
    private final Buffer output;
    private final Buffer outputCotangent;
    private final double[] weights;
    private final int size;

    Passes(Dl4jNetwork network) {
      ReferenceBackend backend = new ReferenceBackend();
      tile = network.tile(ROWS);
      input = backend.buffer(Type.perSample(network.inputs()), ROWS);
      inputCotangent = backend.buffer(Type.perSample(network.inputs()), ROWS);
      output = backend.buffer(Type.perSample(network.outputs()), ROWS);
      outputCotangent = backend.buffer(Type.perSample(network.outputs()), ROWS);
      weights = Networks.numbers(ROWS * network.outputs(), 3);
      outputCotangent.set(weights);
      size = network.layout().size();
    }

    double value(double[] theta, double[] x) {
      tile.load(theta, 0);
      input.set(x);
      tile.forward(input, output);
      double[] y = new double[weights.length];
      output.get(y);
      double sum = 0;
      for (int i = 0; i < y.length; i++) {
        sum += weights[i] * y[i];
      }
      return sum;
    }

    double[] back() {
      double[] gradient = new double[size];
      tile.backward(outputCotangent, inputCotangent, gradient, 0);
      return gradient;
    }

    double[] inputCotangent() {
      double[] numbers = new double[input.count()];
      inputCotangent.get(numbers);
      return numbers;
    }

    /** By the i-th number of theta or x, which is moved and put back. */
    double slope(double[] theta, double[] x, double[] moved, int i, double h) {
      double middle = moved[i];
      moved[i] = middle + h;
      double above = value(theta, x);
      moved[i] = middle - h;
      double below = value(theta, x);
      moved[i] = middle;
      return (above - below) / (2 * h);
    }
  }
}
