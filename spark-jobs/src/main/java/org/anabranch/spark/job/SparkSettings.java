package org.anabranch.spark.job;

import org.apache.spark.SparkConf;

/** What Spark is told for a run: quiet, without a user interface, and as the configuration says. */
final class SparkSettings {
  private SparkSettings() {}

  /** The master is the configuration's, unless spark-submit chose one and the user none. */
  static SparkConf of(TrainingConfiguration configuration) {
    SparkConf conf = new SparkConf();
    conf.setAppName("anabranch " + configuration.name());
    if (configuration.spark().masterWritten() || !conf.contains("spark.master")) {
      conf.setMaster(configuration.spark().master());
    }
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.hadoop.fs.automatic.close", "false");
    if (conf.get("spark.master").startsWith("local[")) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    if (conf.get("spark.master").startsWith("local-cluster")) {
      childProcesses(conf);
    }
    configuration.spark().conf().forEach(conf::set);
    return conf;
  }

  /**
   * Executors of local-cluster are started without a distribution, on this process's class path.
   */
  private static void childProcesses(SparkConf conf) {
    conf.setIfMissing("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    conf.setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
    conf.setIfMissing("spark.executorEnv.SPARK_SQL_TESTING", "1");
  }
}
