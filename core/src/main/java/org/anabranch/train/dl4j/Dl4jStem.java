package org.anabranch.train.dl4j;

import java.io.IOException;
import java.util.OptionalInt;
import org.anabranch.train.OpaqueStage;
import org.jspecify.annotations.Nullable;

/**
 * A saved network as a fixed map of samples, before a model's own layers: nothing of it is trained,
 * and it runs as DL4J's inference does, without dropout and with the statistics that batch
 * normalisation has kept. Its layers may be any of DL4J's.
 *
 * <p>No signature of this class names a type of DL4J or ND4J, so whoever uses no stem needs none of
 * their jars: see {@link #requireLibraries}. A stem opened in a process makes ND4J compute on one
 * thread there, since several samples are computed at a time anyhow.
 */
public final class Dl4jStem {
  private static final String NETWORK = "org.deeplearning4j.nn.multilayer.MultiLayerNetwork";
  private static final String ARRAYS = "org.nd4j.linalg.factory.Nd4j";
  private static final String NATIVES = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  private final FrozenParameters network;
  private @Nullable OpaqueStage made;

  private Dl4jStem(FrozenParameters network) {
    this.network = network;
  }

  /**
   * Looks for the jars; loads nothing of them.
   *
   * @param who asks: what the sentence begins with
   * @throws IllegalStateException if one is missing, with its name and the remedy
   */
  public static void requireLibraries(String who) {
    ClassLoader loader = Dl4jStem.class.getClassLoader();
    if (lacks(loader, NETWORK)) {
      throw missing(who, "org.deeplearning4j:deeplearning4j-nn");
    }
    if (lacks(loader, ARRAYS)) {
      throw missing(who, "org.nd4j:nd4j-api");
    }
    if (loader.getResource(NATIVES) == null) {
      throw missing(who, "org.nd4j:nd4j-native");
    }
  }

  private static boolean lacks(ClassLoader loader, String type) {
    return loader.getResource(type.replace('.', '/') + ".class") == null;
  }

  private static IllegalStateException missing(String who, String artifact) {
    return new IllegalStateException(
        "%s: it needs DL4J, and %s is not on the class path. Build DL4J's jars by 'mvn -Pdl4j -pl spark-jobs -am package' and give them to spark-submit by --jars, or take the setting out (docs/dl4j.md)."
            .formatted(who, artifact));
  }

  /**
   * Opens what DL4J's {@code ModelSerializer} wrote: see {@link Dl4jModelFile} for what is read.
   *
   * @param place what sentences call the file
   * @throws IOException if it holds no network that can be used, with the remedy
   */
  public static Dl4jStem open(String place, byte[] file) throws IOException {
    try {
      Nd4jThreads.limitToOne();
    } catch (LinkageError e) {
      throw new IOException(
          "%s: ND4J's native code cannot be loaded (%s). Put the jars of nd4j-native, openblas and javacpp for this platform, such as nd4j-native-…-linux-x86_64.jar, on the class path."
              .formatted(place, e.getMessage()),
          e);
    }
    return new Dl4jStem(FrozenParameters.read(place, file));
  }

  /** The width of a sample, if the network tells it. */
  public OptionalInt inputs() {
    return network.shape().inputs();
  }

  /**
   * The stage for samples of a width, which it keeps. It has no parameters and no way back.
   *
   * @throws IllegalArgumentException if the network does not take such samples, or does not make a
   *     vector of each
   */
  public synchronized OpaqueStage stage(int inputs) {
    OpaqueStage stage = made;
    if (stage == null || stage.inputs() != inputs) {
      stage = FrozenNetwork.of(network, inputs);
      made = stage;
    }
    return stage;
  }
}
