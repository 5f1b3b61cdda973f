package org.anabranch.spark.job;

import java.util.List;

/**
 * Spark and Hadoop on the class path.
 *
 * @param spark its version; empty if it is not there
 * @param hadoop likewise
 */
record LibraryProbe(String spark, String hadoop) implements Probe {
  /** What Anabranch is built and tested with. */
  static final String SPARK_LINE = "4.2.";

  static LibraryProbe ofProcess() {
    return new LibraryProbe(Libraries.spark(), Libraries.hadoop());
  }

  @Override
  public String subject() {
    return "Libraries";
  }

  @Override
  public List<Finding> look() {
    return List.of(spark.startsWith(SPARK_LINE) ? found() : wrong(spark), hadoopFinding());
  }

  /**
   * Refuses to train with another Spark than this is built for.
   *
   * @throws Mistake with the remedy
   */
  static void requireSpark() {
    String version = Libraries.spark();
    if (!version.startsWith(SPARK_LINE)) {
      Finding finding = wrong(version);
      throw new Mistake(finding.found() + ". " + finding.meaning() + " " + finding.remedy());
    }
  }

  private Finding found() {
    return Finding.fine("Spark " + spark, "The one that Anabranch is built for.");
  }

  private static Finding wrong(String version) {
    return Finding.blocks(
        version.isEmpty() ? "no Spark on the class path" : "Spark " + version,
        "Anabranch is built for Spark %sx.".formatted(SPARK_LINE),
        "Start by submit/anabranch, or run on a Spark %sx.".formatted(SPARK_LINE));
  }

  private Finding hadoopFinding() {
    return hadoop.isEmpty()
        ? Finding.blocks(
            "no Hadoop client on the class path",
            "Files are read and written through it.",
            "Start by submit/anabranch.")
        : Finding.fine("Hadoop client " + hadoop, "It reads and writes files.");
  }
}
