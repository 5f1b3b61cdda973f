package org.anabranch.spark.job;

import java.io.File;
import java.io.IOException;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.train.OpaqueStage;
import org.anabranch.train.StageSource;
import org.anabranch.train.dl4j.Dl4jStem;
import org.anabranch.train.dl4j.Nd4jNatives;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;

/**
 * A frozen stem on its way to executors. What travels is the file that DL4J wrote, which is read
 * there as it was on the driver.
 */
record StemShipment(String place, String sha256, int inputs, Broadcast<byte[]> file)
    implements StageSource {
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  @Override
  public OpaqueStage stage() {
    try {
      Dl4jStem.requireLibraries("%s: on %s".formatted(place, process()));
      chooseFolderOfNatives();
      return OpenStems.open(new Stem(place, file.value(), sha256)).stage(inputs);
    } catch (IOException | IllegalStateException e) {
      throw new DataProblem(String.valueOf(e.getMessage()), e);
    }
  }

  private static String process() {
    SparkEnv environment = SparkEnv.get();
    return environment == null || isDriver(environment)
        ? "the driver"
        : "executor %s".formatted(environment.executorId());
  }

  private static boolean isDriver(SparkEnv environment) {
    return environment.executorId().equals("driver");
  }

  /** An executor's own, which Spark deletes with its blocks, unless somebody has chosen another. */
  private static void chooseFolderOfNatives() throws IOException {
    SparkEnv environment = SparkEnv.get();
    if (environment != null && !isDriver(environment) && System.getProperty(CACHE) == null) {
      File own = environment.blockManager().diskBlockManager().localDirs()[0];
      Nd4jNatives.unpackInto(own.toPath().resolve("javacpp"));
    }
  }
}
