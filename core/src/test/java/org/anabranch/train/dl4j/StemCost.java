package org.anabranch.train.dl4j;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Type;
import org.anabranch.train.OpaqueStage;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Not a test but a measurement, for docs/dl4j.md: what a row of a stem costs, and how many of 256
 * rows have other last bits in a batch than alone. Run it with the class path of the tests.
 */
final class StemCost {
  private static final int ROWS = 256;
  private static final int BATCH = 32;
  private static final double MICROSECONDS = 1e6;

  private StemCost() {}

  public static void main(String[] arguments) throws Exception {
    Networks.requireNatives();
    System.out.println("| network | alone | in 32 | known | bits: other in 32 | by place |");
    print("64-48-32", perceptron(64, 48, 32), 64);
    print("784-300-64", perceptron(784, 300, 64), 784);
    print("8 x 8, two convolutions", pictures(8, 1), 64);
    print("28 x 28, two convolutions", pictures(28, 1), 784);
    threads(pictures(64, 3), 64 * 64 * 3);
    System.out.printf(
        Locale.ROOT,
        "physical memory of the process: %d MB, of it heap at most %d MB%n",
        Pointer.physicalBytes() >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void print(String name, MultiLayerNetwork network, int width) throws IOException {
    double[] numbers = Networks.numbers(ROWS * width, 1);
    Arrays.setAll(numbers, i -> (float) numbers[i]);
    OpaqueStage stage = stage(network, width);
    OpaqueStage.Tile tile = stage.tile(ROWS);
    for (int i = 0; i < 5; i++) {
      forward(stage(network, width), numbers); // until it is compiled
    }
    double alone = seconds(() -> forward(stage, tile, numbers)) / ROWS;
    double known = seconds(() -> repeat(50, () -> forward(stage, tile, numbers))) / ROWS / 50;
    INDArray batch = rows(numbers, 0, BATCH, width);
    repeat(50, () -> network.output(batch));
    double inBatch = seconds(() -> repeat(50, () -> network.output(batch))) / BATCH / 50;
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f µs | %.0f µs | %.1f µs | %d | %d |%n",
        name,
        alone * MICROSECONDS,
        inBatch * MICROSECONDS,
        known * MICROSECONDS,
        differing(network, numbers, width),
        byPlace(network, numbers, width));
  }

  /** How many rows have other bits in batches of 32 than alone. */
  private static int differing(MultiLayerNetwork network, double[] numbers, int width) {
    int count = 0;
    for (int start = 0; start < ROWS; start += BATCH) {
      float[] batch = network.output(rows(numbers, start, BATCH, width)).dup('c').data().asFloat();
      int outputs = batch.length / BATCH;
      for (int row = 0; row < BATCH; row++) {
        float[] alone = network.output(rows(numbers, start + row, 1, width)).data().asFloat();
        float[] there = Arrays.copyOfRange(batch, row * outputs, (row + 1) * outputs);
        count += Arrays.equals(alone, there) ? 0 : 1;
      }
    }
    return count;
  }

  /** At how many of 32 places of a batch one row has other bits than at the first. */
  private static int byPlace(MultiLayerNetwork network, double[] numbers, int width) {
    int count = 0;
    float[] first = {};
    for (int place = 0; place < BATCH; place++) {
      double[] batch = Arrays.copyOfRange(numbers, 0, BATCH * width);
      System.arraycopy(numbers, 40 * width, batch, place * width, width);
      float[] made = network.output(rows(batch, 0, BATCH, width)).dup('c').data().asFloat();
      int outputs = made.length / BATCH;
      float[] there = Arrays.copyOfRange(made, place * outputs, (place + 1) * outputs);
      first = place == 0 ? there : first;
      count += Arrays.equals(first, there) ? 0 : 1;
    }
    return count;
  }

  /** Processor time against time, on threads that did not open the stem. */
  private static void threads(MultiLayerNetwork network, int width) throws Exception {
    OpaqueStage stage = stage(network, width);
    for (int count : new int[] {1, 2}) {
      List<Thread> threads = new ArrayList<>();
      long processor = processorTime();
      double seconds =
          seconds(
              () -> {
                for (int i = 0; i < count; i++) {
                  int seed = 10 * count + i;
                  Thread thread =
                      new Thread(() -> forward(stage, Networks.numbers(ROWS * width, seed)));
                  threads.add(thread);
                  thread.start();
                }
                threads.forEach(StemCost::join);
              });
      System.out.printf(
          Locale.ROOT,
          "%d threads: %.2f s, %.2f s of the processors%n",
          count,
          seconds,
          (processorTime() - processor) * 1e-9);
    }
  }

  private static long processorTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) * 1e-9;
  }

  private static void forward(OpaqueStage stage, double[] numbers) {
    forward(stage, stage.tile(ROWS), numbers);
  }

  private static void forward(OpaqueStage stage, OpaqueStage.Tile tile, double[] numbers) {
    ReferenceBackend backend = new ReferenceBackend();
    Buffer input = backend.buffer(Type.perSample(stage.inputs()), ROWS);
    input.set(numbers);
    tile.forward(input, backend.buffer(Type.perSample(stage.outputs()), ROWS));
  }

  private static INDArray rows(double[] numbers, int start, int count, int width) {
    float[] some = new float[count * width];
    for (int i = 0; i < some.length; i++) {
      some[i] = (float) numbers[start * width + i];
    }
    return Nd4j.createFromArray(some).reshape('c', count, width);
  }

  private static OpaqueStage stage(MultiLayerNetwork network, int width) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, bytes, false);
    return Dl4jStem.open("cost", bytes.toByteArray()).stage(width);
  }

  private static MultiLayerNetwork perceptron(int inputs, int hidden, int outputs) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .activation(Activation.TANH)
                .list()
                .layer(new DenseLayer.Builder().nIn(inputs).nOut(hidden).build())
                .layer(new DenseLayer.Builder().nIn(hidden).nOut(outputs).build())
                .build());
    network.init();
    return network;
  }

  private static MultiLayerNetwork pictures(int side, int channels) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .activation(Activation.RELU)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(16).build())
                .layer(
                    new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(32).build())
                .layer(new DenseLayer.Builder().nOut(64).build())
                .setInputType(InputType.convolutionalFlat(side, side, channels))
                .build());
    network.init();
    return network;
  }
}
