package org.anabranch.train.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.anabranch.train.RunFolder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A network in the file of DL4J's {@code ModelSerializer}, in a folder of any file system. Written
 * under a temporary name and renamed.
 *
 * <p>DL4J's own reader would unpack a preprocessor or a normaliser with Java serialization, and
 * make objects of any class that the configuration names. So only configuration, parameters and
 * updater state are accepted, and only classes of DL4J and ND4J.
 */
public final class Dl4jModelFile {
  private static final Set<String> ENTRIES =
      Set.of(
          ModelSerializer.CONFIGURATION_JSON,
          ModelSerializer.COEFFICIENTS_BIN,
          ModelSerializer.NO_PARAMS_MARKER,
          ModelSerializer.UPDATER_BIN);

  /** Of two keys of one name DL4J could take the one that was not looked at. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  /** What an entry may hold: ten times a network of 25 million parameters. */
  private static final int MOST = 1 << 30;

  private static final int MOST_SAID = 200;

  private Dl4jModelFile() {}

  /** Writes configuration and parameters, without updater state. */
  public static void save(MultiLayerNetwork network, RunFolder folder, String name)
      throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, content, false);
    folder.write(name, content.toByteArray());
  }

  /**
   * Reads what {@link #save} or DL4J wrote.
   *
   * @throws IOException if the file cannot be read, or holds anything but a network
   */
  public static MultiLayerNetwork load(RunFolder folder, String name) throws IOException {
    return read(folder.location() + "/" + name, folder.read(name));
  }

  /**
   * Reads the content of such a file.
   *
   * @param file what sentences call it
   */
  static MultiLayerNetwork read(String file, byte[] content) throws IOException {
    check(file, content);
    try {
      return ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(content), false);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "%s: DL4J finds no MultiLayerNetwork in it (%s). Save one with Dl4jModelFile or ModelSerializer."
              .formatted(file, said(e)),
          e);
    }
  }

  /** The first line of what a library says, without the classes that it names in front. */
  static String said(Exception e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing").strip();
    String fact = line.replaceFirst("^([a-zA-Z0-9_$.]+(Exception|Error): )+", "");
    return fact.length() <= MOST_SAID ? fact : fact.substring(0, MOST_SAID) + "…";
  }

  private static void check(String file, byte[] content) throws IOException {
    try {
      checkEntries(file, content);
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new IOException(
          "%s: it is damaged (%s). Copy or save it again.".formatted(file, said(e)), e);
    }
  }

  private static void checkEntries(String file, byte[] content) throws IOException {
    boolean configured = false;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!ENTRIES.contains(entry.getName())) {
          throw new IOException(
              "%s: it has an entry '%s', which is not read, since it may run code. Save the network without preprocessor and normaliser."
                  .formatted(file, entry.getName()));
        }
        byte[] bytes = zip.readNBytes(MOST + 1);
        if (bytes.length > MOST) {
          throw new IOException(
              "%s: its entry '%s' unpacks to more than %d bytes. Save a smaller network."
                  .formatted(file, entry.getName(), MOST));
        }
        if (entry.getName().equals(ModelSerializer.CONFIGURATION_JSON)) {
          JsonNode configuration = parsed(file, bytes);
          requireSequence(file, configuration);
          requireOwnClasses(file, configuration);
          configured = true;
        }
      }
    }
    if (!configured) {
      throw new IOException(
          "%s: it is no model of DL4J: no zip file with an entry '%s'. Check the name."
              .formatted(file, ModelSerializer.CONFIGURATION_JSON));
    }
  }

  private static JsonNode parsed(String file, byte[] configuration) throws IOException {
    try {
      return JSON.readTree(configuration);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: its entry '%s' is no JSON (%s). Save the network again."
              .formatted(file, ModelSerializer.CONFIGURATION_JSON, e.getOriginalMessage()),
          e);
    }
  }

  private static void requireSequence(String file, JsonNode configuration) throws IOException {
    if (configuration.has("vertices")) {
      throw new IOException(
          "%s: it holds a ComputationGraph, and only a MultiLayerNetwork is read. Save the layers as a MultiLayerNetwork."
              .formatted(file));
    }
  }

  private static void requireOwnClasses(String file, JsonNode node) throws IOException {
    for (JsonNode type : node.findValues("@class")) {
      String name = type.asText();
      if (!name.startsWith("org.deeplearning4j.nn.") && !name.startsWith("org.nd4j.linalg.")) {
        throw new IOException(
            "%s: its configuration names the class '%s', and only DL4J's and ND4J's are made. Use layers of DL4J."
                .formatted(file, name));
      }
    }
  }
}
