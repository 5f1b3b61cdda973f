package org.anabranch.train.dl4j;

import org.anabranch.backend.Buffer;
import org.anabranch.train.OpaqueStage;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of one thread, which keeps the activations between forth and back. */
final class Dl4jTile implements OpaqueStage.Tile {
  private final MultiLayerNetwork network;
  private final DataType type;
  private final int rows;
  private final double[] inputs;
  private final double[] outputs;

  Dl4jTile(String configuration, int rows, int inputs, int outputs) {
    MultiLayerConfiguration parsed = MultiLayerConfiguration.fromJson(configuration);
    // Workspaces would need to stay open between forth and back.
    parsed.setTrainingWorkspaceMode(WorkspaceMode.NONE);
    network = new MultiLayerNetwork(parsed);
    network.init();
    type = parsed.getDataType();
    this.rows = rows;
    this.inputs = new double[rows * inputs];
    this.outputs = new double[rows * outputs];
  }

  @Override
  public void load(double[] values, int offset) {
    int size = (int) network.numParams();
    if (size > 0) {
      double[] own = new double[size];
      System.arraycopy(values, offset, own, 0, size);
      network.setParams(array(own, 1));
    }
  }

  @Override
  public void forward(Buffer input, Buffer output) {
    input.get(inputs);
    network.setInput(array(inputs, rows));
    var activations = network.feedForward(true, false);
    copy(activations.get(activations.size() - 1), outputs);
    output.set(outputs);
  }

  @Override
  public void backward(
      Buffer outputCotangent, Buffer inputCotangent, double[] gradient, int offset) {
    outputCotangent.get(outputs);
    Pair<Gradient, INDArray> back =
        network.backpropGradient(array(outputs, rows), LayerWorkspaceMgr.noWorkspaces());
    copy(back.getSecond(), inputs);
    inputCotangent.set(inputs);
    if (network.numParams() > 0) {
      double[] own = back.getFirst().gradient().dup().data().asDouble();
      for (int i = 0; i < own.length; i++) {
        gradient[offset + i] += own[i];
      }
    }
  }

  private INDArray array(double[] numbers, int count) {
    INDArray doubles = Nd4j.createFromArray(numbers).reshape('c', count, numbers.length / count);
    return doubles.castTo(type);
  }

  private static void copy(INDArray from, double[] to) {
    double[] numbers = from.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    System.arraycopy(numbers, 0, to, 0, to.length);
  }
}
