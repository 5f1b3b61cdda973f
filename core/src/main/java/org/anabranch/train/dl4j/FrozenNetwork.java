package org.anabranch.train.dl4j;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.OpaqueStage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that is not trained, row by row: what ND4J makes of a row in a batch has other last
 * bits by the batch's size, by the row's place in it and by the number of threads (measured:
 * docs/dl4j.md). Rows that were computed before are remembered, as far as memory goes.
 */
final class FrozenNetwork implements OpaqueStage {
  private final FrozenParameters network;
  private final DataType type;
  private final boolean channelsLast;
  private final long[] shape;
  private final int inputs;
  private final int outputs;
  private final KnownRows known = KnownRows.withinShareOfHeap();

  private FrozenNetwork(FrozenParameters network, int inputs) {
    this.network = network;
    this.inputs = inputs;
    type = network.type();
    channelsLast = network.shape().channelsLast();
    shape = network.shape().ofOne(network.place(), inputs);
    outputs = outputsOf(new double[inputs]);
  }

  static FrozenNetwork of(FrozenParameters network, int inputs) {
    return new FrozenNetwork(network, inputs);
  }

  /** By a sample of zeros, since not every layer tells what it makes. */
  private int outputsOf(double[] sample) {
    INDArray made;
    try {
      made = network.network().output(array(sample));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s: the network does not take a sample of %d numbers (DL4J says: %s). Give the network that was trained on such samples."
              .formatted(network.place(), inputs, Dl4jModelFile.said(e)),
          e);
    }
    if (made.rank() != 2 || made.size(0) != 1) {
      throw new IllegalArgumentException(
          "%s: the network makes an array of shape %s of a sample, and the model needs a vector. End it with a DenseLayer or a GlobalPoolingLayer."
              .formatted(network.place(), Arrays.toString(made.shape())));
    }
    double[] numbers = numbers(made);
    if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "%s: the network makes %s of a sample of zeros. Save one whose parameters are finite."
              .formatted(
                  network.place(),
                  Arrays.stream(numbers)
                      .filter(x -> !Double.isFinite(x))
                      .findFirst()
                      .orElseThrow()));
    }
    return numbers.length;
  }

  @Override
  public ParameterLayout layout() {
    return ParameterLayout.of(Map.of());
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  /** {@code nd4j-float-rows}, by the network's data type. */
  @Override
  public String numericsId() {
    return "nd4j-%s-rows".formatted(type.toString().toLowerCase(Locale.ROOT));
  }

  @Override
  public OpaqueStage.Tile tile(int rows) {
    return new Tile(rows);
  }

  private INDArray array(double[] sample) {
    INDArray doubles = Nd4j.createFromArray(sample).reshape('c', shape);
    INDArray laid = channelsLast ? doubles.permute(0, 2, 3, 1).dup('c') : doubles;
    return laid.castTo(type);
  }

  private static double[] numbers(INDArray made) {
    return made.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }

  /** With a network of its own, made when the first row asks for it. */
  private final class Tile implements OpaqueStage.Tile {
    private final int rows;
    private final double[] from;
    private final double[] to;
    private @Nullable MultiLayerNetwork own;

    Tile(int rows) {
      this.rows = rows;
      from = new double[rows * inputs];
      to = new double[rows * outputs];
    }

    @Override
    public void load(double[] values, int offset) {
      // nothing is trained
    }

    @Override
    public void forward(Buffer input, Buffer output) {
      input.get(from);
      for (int row = 0; row < rows; row++) {
        double[] sample = Arrays.copyOfRange(from, row * inputs, (row + 1) * inputs);
        double[] made = known.of(sample, this::compute);
        System.arraycopy(made, 0, to, row * outputs, outputs);
      }
      output.set(to);
    }

    private double[] compute(double[] sample) {
      if (own == null) {
        own = network.network();
      }
      Nd4jThreads.limitThisThread();
      return numbers(own.output(array(sample)));
    }

    @Override
    public void backward(
        Buffer outputCotangent, Buffer inputCotangent, double[] gradient, int offset) {
      throw new IllegalStateException(
          "%s: a network that is not trained has no way back. Use Dl4jNetwork after a solve."
              .formatted(network.place()));
    }
  }
}
