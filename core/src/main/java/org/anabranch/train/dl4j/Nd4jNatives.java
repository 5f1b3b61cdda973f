package org.anabranch.train.dl4j;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/** Where JavaCPP unpacks the native code of ND4J. */
public final class Nd4jNatives {
  private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

  private Nd4jNatives() {}

  /**
   * Chooses the folder, which is made if there is none: call it before any class of ND4J is used,
   * on an executor with its own local folder. Loads no native code. Asking again for the same
   * folder is allowed.
   *
   * @throws IOException if the folder cannot be made
   * @throws IllegalStateException if JavaCPP has another one already
   */
  public static synchronized void unpackInto(Path folder) throws IOException {
    Path wanted = Files.createDirectories(folder).toRealPath();
    System.setProperty(FOLDER, wanted.toString());
    File used = Loader.getCacheDir();
    if (!used.toPath().toRealPath().equals(wanted)) {
      throw new IllegalStateException(
          "Nd4jNatives: JavaCPP unpacks into %s already, and cannot change to %s. Choose the folder before any class of ND4J is used."
              .formatted(used, wanted));
    }
  }
}
