package org.anabranch.spark.job;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What Spark alone costs: a context and one count, in seconds since the virtual machine started.
 * The yardstick of {@code firstRoundSecondsAfterStart}; {@code bench/run-start-up} compares them.
 */
final class BareContext {
  private BareContext() {}

  public static void main(String[] arguments) {
    SparkConf conf = new SparkConf().setMaster("local[2]").setAppName("bare");
    conf.set("spark.ui.enabled", "false").set("spark.driver.host", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      long count = spark.parallelize(List.of(1, 2, 3), 2).count();
      double seconds = ManagementFactory.getRuntimeMXBean().getUptime() * 1e-3;
      System.out.printf("%d counted after %.2f s%n", count, seconds);
    }
  }
}
