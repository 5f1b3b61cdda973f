package org.anabranch.spark.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;

/** Stems that are none, or none for samples of four numbers. */
final class MalformedStems {
  private static final String FILE = "features.zip";
  private static final int WIDTH = 4;

  private MalformedStems() {}

  /** Nothing where ND4J's natives are not on the class path. */
  static Stream<Malformed> all() {
    if (!DigitsStem.hasNatives()) {
      return Stream.empty();
    }
    byte[] whole = valid();
    return Stream.of(
        new Malformed(
            "stem: no file",
            (folder, spark) -> read(folder),
            "a.conf:3: model.stem is",
            "no such file",
            "Check the path"),
        new Malformed(
            "stem: a folder",
            (folder, spark) -> {
              Files.createDirectory(folder.resolve(FILE));
              read(folder);
            },
            "a.conf:3: model.stem is",
            "which is a folder",
            "Name the file"),
        stem("empty", new byte[0], "no model of DL4J", "Check the name"),
        stem("text", "PK or not".getBytes(StandardCharsets.UTF_8), "no zip file", "Check the name"),
        stem("cut short", Arrays.copyOf(whole, whole.length / 2), "damaged", "save it again"),
        stem("no network", zip("configuration.json", "{}"), "MultiLayerNetwork", "Save one"),
        stem("no JSON", zip("configuration.json", "{"), "no JSON", "Save the network again"),
        stem("another zip", zip("a.txt", "a"), "an entry 'a.txt'", "Save the network without"),
        stem("Java", zip("normalizer.bin", "a"), "'normalizer.bin'", "without preprocessor"),
        stem(
            "class",
            zip("configuration.json", "{\"confs\":[{\"layer\":{\"@class\":\"evil.Layer\"}}]}"),
            "names the class 'evil.Layer'",
            "Use layers of DL4J"),
        stem("graph", graph(), "ComputationGraph", "Save the layers as a MultiLayerNetwork"),
        stem("wide", saved(dense(9, 3)), "takes 9 numbers, but a sample of the data has 4", "Give"),
        stem(
            "pictures of 3 channels",
            saved(
                new ConvolutionLayer.Builder(1, 1).nIn(3).nOut(2).build(),
                new GlobalPoolingLayer.Builder().build()),
            "pictures of 3 channels, and the 4 numbers",
            "convolutionalFlat"),
        stem(
            "no vector",
            saved(new ConvolutionLayer.Builder(1, 1).nIn(1).nOut(2).build()),
            "[1, 2, 2, 2]",
            "End it with a DenseLayer"),
        stem("not finite", saved(notFinite()), "makes NaN", "finite"));
  }

  private static Malformed stem(String name, byte[] file, String value, String remedy) {
    return new Malformed(
        "stem: " + name, (folder, spark) -> read(folder, file), "features.zip", value, remedy);
  }

  /** Reads it as a run does, up to the width of samples. */
  static void read(Path folder, byte[] file) throws IOException {
    Files.write(folder.resolve(FILE), file);
    read(folder);
  }

  private static void read(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("a.conf"),
        "data.path = x.csv\ndata.classes = 2\nmodel.stem = \"%s\"\n"
            .formatted(folder.resolve(FILE)));
    TrainingConfiguration configuration =
        new ConfigurationReader(new Environment(name -> null), folder)
            .read(Path.of("a.conf"), List.of());
    Stem stem = Stem.read(configuration, new Configuration());
    stem.open();
    stem.described(WIDTH);
  }

  static byte[] valid() {
    return saved(dense(WIDTH, 3));
  }

  private static Layer dense(int inputs, int outputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(Activation.TANH).build();
  }

  private static byte[] saved(Layer... layers) {
    var list = new NeuralNetConfiguration.Builder().seed(1).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return saved(network);
  }

  private static MultiLayerNetwork notFinite() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder().list().layer(dense(WIDTH, 3)).build());
    network.init();
    network.params().assign(Double.NaN);
    return network;
  }

  private static byte[] saved(MultiLayerNetwork network) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ModelSerializer.writeModel(network, bytes, true);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] graph() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x")
                .addLayer(
                    "out",
                    new OutputLayer.Builder()
                        .nIn(WIDTH)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "x")
                .setOutputs("out")
                .build());
    graph.init();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ModelSerializer.writeModel(graph, bytes, false);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zip(String name, String content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
