package org.anabranch.spark;

import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Contexts for tests. A JVM can have one at a time: whoever opens one closes it. */
public final class TestSpark {
  private TestSpark() {}

  public static JavaSparkContext local(int threads) {
    return new JavaSparkContext(conf("local[%d]".formatted(threads)));
  }

  /** With several processors for each task. */
  public static JavaSparkContext local(int threads, int ofATask) {
    SparkConf conf = conf("local[%d]".formatted(threads));
    return new JavaSparkContext(conf.set("spark.task.cpus", String.valueOf(ofATask)));
  }

  /**
   * Executors as processes of their own, with the class path of this one. Returns when all have
   * registered, since the first tasks would otherwise all go to the first of them.
   */
  public static JavaSparkContext cluster(int executors, Path folder) throws InterruptedException {
    JavaSparkContext spark = new JavaSparkContext(clusterConf(executors, folder));
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (spark.sc().statusTracker().getExecutorInfos().length <= executors) {
      if (System.nanoTime() > deadline) {
        spark.close();
        throw new AssertionError("The executors did not register within two minutes.");
      }
      Thread.sleep(50);
    }
    return spark;
  }

  private static SparkConf clusterConf(int executors, Path folder) {
    return conf("local-cluster[%d,1,1024]".formatted(executors))
        .set("spark.executor.memory", "512m")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
        // The launcher then does without a distribution's folder of jars.
        .set("spark.executorEnv.SPARK_SQL_TESTING", "1")
        .set("spark.executorEnv.SPARK_LOCAL_DIRS", folder.toString());
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false)
        .setMaster(master)
        .setAppName("test")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1");
  }
}
