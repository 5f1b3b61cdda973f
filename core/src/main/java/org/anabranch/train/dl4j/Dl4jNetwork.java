package org.anabranch.train.dl4j;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.train.OpaqueStage;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A DL4J network as a stage: [rows × inputs] to [rows × outputs], and back by DL4J's own
 * backpropagation. It computes in the network's data type. Its parameters are views {@code
 * name.layer_parameter}, such as {@code stem.0_W}, flat and in DL4J's order.
 *
 * <p>Its arithmetic is another one than ours ({@link #numericsId}): results may differ in their
 * last bits between machines.
 */
public final class Dl4jNetwork implements OpaqueStage {
  private final String configuration;
  private final ParameterLayout layout;
  private final double[] parameters;
  private final DataType type;
  private final int inputs;
  private final int outputs;

  private Dl4jNetwork(String name, MultiLayerNetwork network, int inputs) {
    configuration = network.getLayerWiseConfigurations().toJson();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    network
        .paramTable()
        .forEach((key, array) -> shapes.put(name + "." + key, Shape.vector((int) array.length())));
    layout = ParameterLayout.of(shapes);
    INDArray flat = network.params();
    parameters = flat == null ? new double[0] : flat.dup().data().asDouble();
    type = network.getLayerWiseConfigurations().getDataType();
    this.inputs = inputs;
    INDArray one = network.output(Nd4j.zeros(type, 1, inputs));
    if (one.rank() != 2) {
      throw new IllegalArgumentException(
          "Dl4jNetwork '%s': a sample's output has shape %s, expected a vector. End with a DenseLayer or a GlobalPoolingLayer."
              .formatted(name, Arrays.toString(one.shape())));
    }
    outputs = (int) one.size(1);
  }

  /**
   * A copy of the network's configuration and parameters; later changes of it do not matter.
   *
   * @param name what the names of its parameters begin with
   * @param network initialised, without an output layer
   * @param inputs the width of a sample
   * @throws IllegalArgumentException if a layer is no pure function, or the output is no vector
   */
  public static Dl4jNetwork of(String name, MultiLayerNetwork network, int inputs) {
    List<Layer> layers =
        network.getLayerWiseConfigurations().getConfs().stream()
            .map(NeuralNetConfiguration::getLayer)
            .toList();
    PureLayers.require(name, layers);
    return new Dl4jNetwork(name, network, inputs);
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  /** A copy of the parameters that the network came with. */
  public double[] parameters() {
    return parameters.clone();
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  /** {@code nd4j-float} or {@code nd4j-double}, by the network's data type. */
  @Override
  public String numericsId() {
    return "nd4j-" + type.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public Tile tile(int rows) {
    return new Dl4jTile(configuration, rows, inputs, outputs);
  }
}
