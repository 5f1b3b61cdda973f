package org.anabranch.spark.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.anabranch.model.node.FrozenStem;
import org.anabranch.train.StageSource;
import org.anabranch.train.dl4j.Dl4jStem;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The file of a model's frozen stem.
 *
 * @param place what sentences call it
 * @param content what DL4J's {@code ModelSerializer} wrote
 * @param sha256 of the content
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Stem(String place, byte[] content, String sha256) {
  /** A network of 250 million parameters; a broadcast has less than twice as much. */
  private static final long MOST_BYTES = 1L << 30;

  static Stem of(String place, byte[] content) {
    return new Stem(place, content, sha256(content));
  }

  /**
   * Refuses a setting that cannot be followed in this process.
   *
   * @throws Mistake if DL4J is not on the class path
   */
  static void requireLibraries(TrainingConfiguration configuration) {
    if (!configuration.model().stem().isEmpty()) {
      requireLibraries(place(configuration, configuration.model().stem()));
    }
  }

  private static void requireLibraries(String place) {
    try {
      Dl4jStem.requireLibraries(place);
    } catch (IllegalStateException e) {
      throw new Mistake(String.valueOf(e.getMessage()), e);
    }
  }

  /** As a compiler writes it: where the setting was written, and the file. */
  private static String place(TrainingConfiguration configuration, String file) {
    return configuration.settings().stream()
        .filter(setting -> setting.key().equals(Settings.MODEL_STEM.key()))
        .map(setting -> "%s: model.stem is %s".formatted(setting.place(), file))
        .findFirst()
        .orElseThrow(() -> new AssertionError("every setting is recorded"));
  }

  /**
   * The file that the configuration names.
   *
   * @throws Mistake if it cannot be read
   */
  static Stem read(TrainingConfiguration configuration, Configuration hadoop) {
    String file = configuration.model().stem();
    String place = place(configuration, file);
    try {
      Path path = new Path(file);
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory() || status.getLen() > MOST_BYTES) {
        throw new Mistake(
            "%s, which is %s. Name the file that DL4J's ModelSerializer wrote."
                .formatted(
                    place,
                    status.isDirectory()
                        ? "a folder"
                        : "larger than %d bytes".formatted(MOST_BYTES)));
      }
      try (FSDataInputStream stream = files.open(path)) {
        return of(place, stream.readAllBytes());
      }
    } catch (FileNotFoundException e) {
      throw new Mistake(
          "%s, and there is no such file. Check the path; a relative one starts at the folder of the file that says it."
              .formatted(place),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new Mistake(
          "%s, which cannot be read (%s). Check the path, and the rights to read it."
              .formatted(place, FailureReport.firstLine(e)),
          e);
    }
  }

  /** The same file where it may be gone since: null if it cannot be read. */
  static @Nullable Stem readIfThere(TrainingConfiguration configuration, Configuration hadoop) {
    try {
      return read(configuration, hadoop);
    } catch (Mistake e) {
      return null;
    }
  }

  /**
   * Opens it, and checks all that can be checked before there are data.
   *
   * @throws Mistake if it is no network that can be used
   */
  void open() {
    requireLibraries(place);
    try {
      OpenStems.open(this);
    } catch (IOException e) {
      throw new Mistake(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What a model of samples of this width says of it.
   *
   * @throws Mistake if it does not take such samples
   */
  FrozenStem described(int inputs) {
    try {
      int outputs = OpenStems.open(this).stage(inputs).outputs();
      return new FrozenStem(RunFiles.STEM, sha256, inputs, outputs);
    } catch (IOException | IllegalArgumentException e) {
      throw new Mistake(String.valueOf(e.getMessage()), e);
    }
  }

  /** Sends it to the executors. */
  StageSource shipped(JavaSparkContext spark, int inputs) {
    return new StemShipment(place, sha256, inputs, spark.broadcast(content));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
