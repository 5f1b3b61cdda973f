package org.anabranch.train.dl4j;

import java.io.IOException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network's configuration and its parameters, which all its copies share and none changes.
 *
 * @param place what sentences call the file that they come from
 * @param parameters null if it has none
 */
record FrozenParameters(String place, String configuration, INDArray parameters) {
  static FrozenParameters read(String place, byte[] file) throws IOException {
    MultiLayerNetwork network = Dl4jModelFile.read(place, file);
    String configuration = network.getLayerWiseConfigurations().toJson();
    return new FrozenParameters(place, configuration, network.params());
  }

  SampleShape shape() {
    return SampleShape.of(parsed());
  }

  DataType type() {
    return parsed().getDataType();
  }

  /** A copy for one thread; it has arrays of its own only for what it computes. */
  MultiLayerNetwork network() {
    MultiLayerNetwork network = new MultiLayerNetwork(parsed());
    network.init(parameters, false);
    return network;
  }

  private MultiLayerConfiguration parsed() {
    return MultiLayerConfiguration.fromJson(configuration);
  }
}
