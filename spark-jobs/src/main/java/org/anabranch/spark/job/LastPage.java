package org.anabranch.spark.job;

import java.io.IOException;
import org.anabranch.spark.report.RunReport;
import org.anabranch.train.RunFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The report that a run leaves when it ends, however it ends. */
final class LastPage {
  private static final Logger LOG = LoggerFactory.getLogger(LastPage.class);

  private LastPage() {}

  /** A report that cannot be written says so, and changes nothing about the run. */
  static void write(RunFolder folder) {
    try {
      RunReport.write(folder);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "{}: the report could not be written ({}). Try again: anabranch report {}",
          folder.location(),
          e.getMessage(),
          folder.location());
    }
  }
}
