package org.anabranch.train.dl4j;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Small networks of DL4J. */
final class Networks {
  private Networks() {}

  /** Skips the test where ND4J's natives are not on the class path. */
  static void requireNatives() {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        platform.equals("Linux amd64"),
        () -> "ND4J is on the class path for Linux amd64 alone, this is %s".formatted(platform));
    try {
      Nd4jNatives.unpackInto(Path.of("target", "javacpp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] numbers(int count, long seed) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> CounterRandom.normal(seed, Stream.SYNTHETIC, i, 0, 0) / 2);
    return numbers;
  }

  static MultiLayerNetwork of(DataType type, Layer... layers) {
    var list = new NeuralNetConfiguration.Builder().dataType(type).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return started(new MultiLayerNetwork(list.build()));
  }

  /** 4 to 3 by a hidden layer of 5. */
  static MultiLayerNetwork perceptron(DataType type) {
    return of(
        type,
        new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.TANH).build(),
        new DenseLayer.Builder().nIn(5).nOut(3).activation(Activation.IDENTITY).build());
  }

  /** Pictures of 6 by 6 to 3 numbers. */
  static MultiLayerNetwork convolutional() {
    return started(
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3).nOut(2).activation(Activation.TANH).build())
                .layer(
                    new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new DenseLayer.Builder().nOut(3).activation(Activation.SIGMOID).build())
                .setInputType(InputType.convolutionalFlat(6, 6, 1))
                .build()));
  }

  private static MultiLayerNetwork started(MultiLayerNetwork network) {
    network.init();
    double[] values = numbers((int) network.numParams(), 5);
    network.setParams(
        Nd4j.createFromArray(values)
            .reshape(1, values.length)
            .castTo(network.getLayerWiseConfigurations().getDataType()));
    return network;
  }
}
