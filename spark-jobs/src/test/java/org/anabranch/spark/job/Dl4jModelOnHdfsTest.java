package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.anabranch.train.RunFolder;
import org.anabranch.train.dl4j.Dl4jModelFile;
import org.anabranch.train.dl4j.Nd4jNatives;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of DL4J on HDFS, with Hadoop and Spark on the same class path. */
class Dl4jModelOnHdfsTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start(@TempDir Path disk) throws IOException {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        platform.equals("Linux amd64"),
        () -> "ND4J is on the class path for Linux amd64 alone, this is %s".formatted(platform));
    Nd4jNatives.unpackInto(Path.of("target", "javacpp"));
    CONFIGURATION.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
    cluster = new MiniDFSCluster.Builder(CONFIGURATION).numDataNodes(1).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  @Test
  void aSavedNetworkGivesTheSameOutputsBitForBit() throws IOException {
    RunFolder folder = folder("same");
    MultiLayerNetwork saved = network(1);
    Dl4jModelFile.save(saved, folder, "network.zip");
    MultiLayerNetwork loaded = Dl4jModelFile.load(folder, "network.zip");
    INDArray x = Nd4j.linspace(-1, 1, 20 * 4).reshape(20, 4).castTo(saved.params().dataType());
    assertThat(loaded.output(x).data().asFloat()).containsExactly(saved.output(x).data().asFloat());
    assertThat(loaded.getLayerWiseConfigurations()).isEqualTo(saved.getLayerWiseConfigurations());
  }

  @Test
  void savingAgainReplacesTheFileAndLeavesNothingElse() throws IOException {
    RunFolder folder = folder("again");
    Dl4jModelFile.save(network(1), folder, "network.zip");
    MultiLayerNetwork second = network(2);
    Dl4jModelFile.save(second, folder, "network.zip");
    assertThat(Dl4jModelFile.load(folder, "network.zip").params()).isEqualTo(second.params());
    assertThat(second.params()).isNotEqualTo(network(1).params());
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.location());
    assertThat(path.getFileSystem(CONFIGURATION).listStatus(path)).hasSize(1);
  }

  @Test
  void aStemOnHdfsIsReadAndChecked(@TempDir Path local) throws IOException {
    RunFolder folder = folder("stems");
    Dl4jModelFile.save(network(1), folder, "features.zip");
    String uri = folder.location() + "/features.zip";
    Stem stem = Stem.read(Configurations.toy(local, "model.stem=" + uri), CONFIGURATION);
    stem.open();
    assertThat(stem.described(4).outputs()).isEqualTo(3);
    assertThat(stem.content()).isEqualTo(folder.read("features.zip"));
    assertThatThrownBy(
            () -> Stem.read(Configurations.toy(local, "model.stem=" + uri + "x"), CONFIGURATION))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining(uri + "x, and there is no such file");
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    RunFolder folder = folder("none");
    assertThatThrownBy(() -> Dl4jModelFile.load(folder, "network.zip"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no file 'network.zip'");
  }

  private static RunFolder folder(String name) throws IOException {
    return HadoopFolder.open(
        new org.apache.hadoop.fs.Path(cluster.getURI() + "/networks/" + name), CONFIGURATION);
  }

  private static MultiLayerNetwork network(long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.TANH).build())
                .layer(new DenseLayer.Builder().nIn(5).nOut(3).build())
                .build());
    network.init();
    return network;
  }
}
