package org.anabranch.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Type;
import org.anabranch.train.OpaqueStage;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network that is not trained, beside what DL4J's own inference makes of a row. */
class Dl4jStemTest {
  private static final int SIDE = 8;
  private static final int WIDTH = SIDE * SIDE;

  @BeforeAll
  static void natives() {
    Networks.requireNatives();
  }

  @Test
  void theBitsOfARowAreThoseOfDl4jAloneWhateverItsNeighbours() throws Exception {
    for (MultiLayerNetwork network : List.of(dense(), pictures())) {
      double[] all = rounded(Networks.numbers(70 * WIDTH, 4));
      double[] expected = oneByOne(network, all);
      int outputs = expected.length / 70;
      for (int rows : new int[] {1, 7, 32, 64}) {
        OpaqueStage stage = open(network).stage(WIDTH); // knows no row yet
        for (int start = 0; start + rows <= 70; start += rows) {
          double[] found =
              through(stage, Arrays.copyOfRange(all, start * WIDTH, (start + rows) * WIDTH), rows);
          assertThat(found)
              .containsExactly(
                  Arrays.copyOfRange(expected, start * outputs, (start + rows) * outputs));
        }
      }
    }
  }

  @Test
  void severalThreadsGiveTheBitsOfOne() throws Exception {
    OpaqueStage stage = open(pictures()).stage(WIDTH);
    double[] all = rounded(Networks.numbers(64 * WIDTH, 4));
    double[] expected = oneByOne(pictures(), all);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<double[]> pass = () -> through(stage, all, 64);
      for (Future<double[]> found : threads.invokeAll(List.of(pass, pass, pass, pass))) {
        assertThat(found.get()).containsExactly(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void pictureLayersTakeRowsWithoutADeclaredShape() throws IOException {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      MultiLayerNetwork bare =
          started(
              new NeuralNetConfiguration.Builder()
                  .seed(2)
                  .list()
                  .layer(
                      new ConvolutionLayer.Builder(3, 3)
                          .nIn(2)
                          .nOut(4)
                          .dataFormat(format)
                          .activation(Activation.TANH)
                          .build())
                  .layer(new GlobalPoolingLayer.Builder().build())
                  .build());
      OpaqueStage stage = open(bare).stage(2 * WIDTH);
      double[] sample = rounded(Networks.numbers(2 * WIDTH, 6));
      INDArray picture =
          Nd4j.createFromArray(sample).reshape('c', 1, 2, SIDE, SIDE).castTo(DataType.FLOAT);
      INDArray laid = format == CNN2DFormat.NCHW ? picture : picture.permute(0, 2, 3, 1).dup('c');
      assertThat(through(stage, sample, 1))
          .containsExactly(bare.output(laid).castTo(DataType.DOUBLE).data().asDouble());
    }
  }

  @Test
  void itTellsItsWidthAndRefusesAnother() throws IOException {
    Dl4jStem stem = open(dense());
    assertThat(stem.inputs()).hasValue(WIDTH);
    assertThat(stem.stage(WIDTH).outputs()).isEqualTo(16);
    assertThat(stem.stage(WIDTH).numericsId()).isEqualTo("nd4j-float-rows");
    assertThatThrownBy(() -> stem.stage(63))
        .hasMessageContaining("features.zip: the network takes 64 numbers")
        .hasMessageContaining("has 63")
        .hasMessageContaining("Give the network");
  }

  @Test
  void nothingOfItIsTrained() throws IOException {
    OpaqueStage stage = open(dense()).stage(WIDTH);
    assertThat(stage.layout().size()).isZero();
    Buffer some = new ReferenceBackend().buffer(Type.perSample(16), 1);
    assertThatThrownBy(() -> stage.tile(1).backward(some, some, new double[0], 0))
        .hasMessageContaining("no way back");
  }

  /** With the layers that differ between training and inference. */
  private static MultiLayerNetwork dense() {
    MultiLayerNetwork network =
        started(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .l2(0.01)
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(WIDTH)
                        .nOut(48)
                        .dropOut(0.5)
                        .activation(Activation.TANH)
                        .build())
                .layer(new BatchNormalization.Builder().nIn(48).nOut(48).build())
                .layer(new DropoutLayer.Builder(0.5).build())
                .layer(new DenseLayer.Builder().nIn(48).nOut(16).build())
                .build());
    network.getLayer(1).getParam(BATCH_MEAN).assign(0.25);
    return network;
  }

  private static final String BATCH_MEAN = "mean";

  private static MultiLayerNetwork pictures() {
    return started(
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(8).activation(Activation.RELU).build())
            .layer(
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build())
            .layer(new DenseLayer.Builder().nOut(20).activation(Activation.TANH).build())
            .setInputType(InputType.convolutionalFlat(SIDE, SIDE, 1))
            .build());
  }

  private static MultiLayerNetwork started(
      org.deeplearning4j.nn.conf.MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static Dl4jStem open(MultiLayerNetwork network) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, bytes, true);
    return Dl4jStem.open("features.zip", bytes.toByteArray());
  }

  private static double[] oneByOne(MultiLayerNetwork network, double[] rows) {
    INDArray all =
        Nd4j.createFromArray(rows).reshape('c', rows.length / WIDTH, WIDTH).castTo(DataType.FLOAT);
    double[][] made = new double[rows.length / WIDTH][];
    for (int row = 0; row < made.length; row++) {
      INDArray one = network.output(all.getRow(row, true).dup('c'));
      made[row] = one.castTo(DataType.DOUBLE).data().asDouble();
    }
    return Arrays.stream(made).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] through(OpaqueStage stage, double[] rows, int count) {
    ReferenceBackend backend = new ReferenceBackend();
    Buffer input = backend.buffer(Type.perSample(stage.inputs()), count);
    Buffer output = backend.buffer(Type.perSample(stage.outputs()), count);
    input.set(rows);
    stage.tile(count).forward(input, output);
    double[] found = new double[output.count()];
    output.get(found);
    return found;
  }

  private static double[] rounded(double[] numbers) {
    return Arrays.stream(numbers).map(x -> (float) x).toArray();
  }
}
