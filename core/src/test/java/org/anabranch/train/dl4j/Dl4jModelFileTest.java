package org.anabranch.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anabranch.train.LocalFolder;
import org.anabranch.train.RunFolder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class Dl4jModelFileTest {
  @TempDir Path disk;
  private RunFolder folder;

  @BeforeAll
  static void natives() {
    Networks.requireNatives();
  }

  @BeforeEach
  void open() throws IOException {
    folder = LocalFolder.open(disk);
  }

  @Test
  void aNetworkComesBackBitForBit() throws IOException {
    MultiLayerNetwork saved = Networks.perceptron(DataType.FLOAT);
    Dl4jModelFile.save(saved, folder, "network.zip");
    MultiLayerNetwork loaded = Dl4jModelFile.load(folder, "network.zip");
    assertThat(loaded.params().data().asFloat()).containsExactly(saved.params().data().asFloat());
    assertThat(loaded.getLayerWiseConfigurations()).isEqualTo(saved.getLayerWiseConfigurations());
  }

  @Test
  void aSerializedPreprocessorIsNotRead() throws IOException {
    folder.write("network.zip", zip("preprocessor.bin", "anything"));
    assertThatThrownBy(() -> Dl4jModelFile.load(folder, "network.zip"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("network.zip: it has an entry 'preprocessor.bin'")
        .hasMessageContaining("without preprocessor");
  }

  @Test
  void aClassOfAnybodyElseIsNotMade() throws IOException {
    folder.write(
        "network.zip",
        zip("configuration.json", "{\"confs\": [{\"layer\": {\"@class\": \"evil.Layer\"}}]}"));
    assertThatThrownBy(() -> Dl4jModelFile.load(folder, "network.zip"))
        .hasMessageContaining("names the class 'evil.Layer'");
  }

  @Test
  void anotherFileIsNoNetwork() throws IOException {
    folder.write("network.zip", "no zip".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Dl4jModelFile.load(folder, "network.zip"))
        .hasMessageContaining("it is no model of DL4J");
    folder.write("network.zip", zip("configuration.json", "{}"));
    assertThatThrownBy(() -> Dl4jModelFile.load(folder, "network.zip"))
        .hasMessageContaining("finds no MultiLayerNetwork");
  }

  @Test
  void theNativesStayWhereTheyAre(@TempDir Path other) {
    assertThatThrownBy(() -> Nd4jNatives.unpackInto(other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("javacpp already");
  }

  private static byte[] zip(String name, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
