package org.anabranch.spark.job;

import java.io.File;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anabranch.train.RunFolder;
import org.apache.commons.csv.CSVParser;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;

/**
 * How Spark is started inside this process. What the user sets wins over what is set here; what
 * {@code spark-submit} sets wins over the defaults of the configuration. Options of Java that Spark
 * needs for its executors (modules, the vector module among them) Spark 4.2 adds itself, before
 * {@code spark.executor.extraJavaOptions}.
 */
final class SparkSetup {
  private static final String LOCAL_HOST = "127.0.0.1";

  /**
   * For Java on executors, as {@code submit/anabranch} has them for its own: tiles of products
   * reach the optimising compiler after fewer calls than other code, loops that run on are replaced
   * on the stack later (docs/start-up.md), and traps of methods that all kernels share do not make
   * it box vectors (docs/kernels.md).
   */
  static final String KERNEL_OPTIONS =
      "-XX:+IgnoreUnrecognizedVMOptions"
          + " -XX:PerMethodTrapLimit=1000000 -XX:PerMethodRecompilationCutoff=1000000"
          + " -XX:Tier3BackEdgeThreshold=1000000 -XX:Tier4BackEdgeThreshold=1000000"
          + " -XX:CompileCommand=quiet"
          + " -XX:CompileCommand=CompileThresholdScaling,org.anabranch.backend.simd.ProductTiles::*,0.05"
          + " -XX:CompileCommand=CompileThresholdScaling,org.anabranch.backend.simd.RowProductTiles::*,0.05";

  /**
   * A task's sum goes to the driver in the message that the task has ended. Spark lets larger ones
   * than 1 MiB (130,000 parameters) be fetched by the driver, which takes milliseconds more a
   * round. A job that brings more than 128 MiB adds sums up on the executors first.
   */
  static final String DIRECT_RESULT = "64m";

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  private SparkSetup() {}

  /** The settings to start Spark with. */
  static SparkConf conf(TrainingConfiguration configuration) {
    SparkConf conf = new SparkConf();
    TrainingConfiguration.Spark spark = configuration.spark();
    spark.conf().forEach(conf::set);
    if (spark.masterWritten() || !conf.contains("spark.master")) {
      conf.setMaster(spark.master());
    }
    conf.setIfMissing("spark.app.name", "anabranch " + configuration.name());
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // The recorder writes how a run ended after control-C; it closes what it opens itself.
    conf.setIfMissing("spark.hadoop.fs.automatic.close", "false");
    conf.setIfMissing("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
    conf.setIfMissing("spark.task.maxDirectResultSize", DIRECT_RESULT);
    // The user's come later, so that of two that say the same they win.
    String chosen = conf.get(EXECUTOR_OPTIONS, "");
    conf.set(EXECUTOR_OPTIONS, (KERNEL_OPTIONS + " " + chosen).strip());
    String master = conf.get("spark.master");
    if (master.startsWith("local-cluster")) {
      localCluster(conf);
    } else if (master.startsWith("local")) {
      // Otherwise the machine's name is looked up, which takes long or fails without a network.
      conf.setIfMissing("spark.driver.host", LOCAL_HOST);
      conf.setIfMissing("spark.driver.bindAddress", LOCAL_HOST);
    } else {
      conf.setIfMissing("spark.jars", ownJars());
    }
    return conf;
  }

  /** Hadoop's settings as the run will have them: for the output folder, before Spark starts. */
  static Configuration hadoop(TrainingConfiguration configuration) {
    return SparkHadoopUtil.get().newConfiguration(conf(configuration));
  }

  /**
   * Executors are processes of this machine with this class path. Spark looks for a distribution to
   * find the version of Scala, unless it is told; and for a folder of jars, unless it is a test.
   */
  private static void localCluster(SparkConf conf) {
    String classPath =
        Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    conf.setIfMissing("spark.executor.extraClassPath", classPath);
    conf.setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
    conf.setIfMissing("spark.executorEnv.SPARK_SQL_TESTING", "1");
  }

  /** What executors of a cluster need beside Spark: our jars and those that tasks use. */
  private static String ownJars() {
    return Stream.of(SparkSetup.class, RunFolder.class, CSVParser.class)
        .map(SparkSetup::jar)
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static @Nullable String jar(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    String place = source == null ? "" : source.getLocation().getPath();
    return place.endsWith(".jar") ? place : null;
  }
}
