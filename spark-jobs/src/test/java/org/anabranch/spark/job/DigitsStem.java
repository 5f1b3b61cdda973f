package org.anabranch.spark.job;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.anabranch.train.dl4j.Nd4jNatives;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network of DL4J that has learnt some of the digits, without its last layer. */
final class DigitsStem {
  static final int OUTPUTS = 24;

  private DigitsStem() {}

  /** Skips the test where ND4J's natives are not on the class path. */
  static void requireNatives() {
    assumeTrue(
        hasNatives(),
        () -> "ND4J is on the class path for Linux amd64 alone, this is %s".formatted(platform()));
  }

  /** Whether there are natives for this machine, which are then unpacked below target. */
  static boolean hasNatives() {
    if (!platform().equals("Linux amd64")) {
      return false;
    }
    try {
      Nd4jNatives.unpackInto(natives());
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String platform() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  static Path natives() {
    return Path.of("target", "javacpp").toAbsolutePath();
  }

  /**
   * Trains it and saves it as DL4J does.
   *
   * @param lines of the digits' CSV: 64 numbers from 0 to 16, and the label
   */
  static Path save(Path file, List<String> lines, int epochs, long seed) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(0.01))
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(64)
                        .nOut(OUTPUTS)
                        .activation(Activation.TANH)
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(OUTPUTS)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    DataSet digits = data(lines);
    for (int epoch = 0; epoch < epochs; epoch++) {
      network.fit(digits);
    }
    new TransferLearning.Builder(network).removeOutputLayer().build().save(file.toFile());
    return file;
  }

  private static DataSet data(List<String> lines) {
    INDArray features = Nd4j.zeros(lines.size(), 64);
    INDArray labels = Nd4j.zeros(lines.size(), 10);
    for (int row = 0; row < lines.size(); row++) {
      String[] cells = lines.get(row).split(",", -1);
      for (int k = 0; k < 64; k++) {
        features.putScalar(row, k, Double.parseDouble(cells[k]) / 16);
      }
      labels.putScalar(row, Integer.parseInt(cells[64]), 1);
    }
    return new DataSet(features, labels);
  }
}
