package org.anabranch.spark.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.anabranch.train.RunFolder;

/**
 * The report of a run, made from its folder alone: of one that is over, still goes on, or was
 * killed.
 */
public final class RunReport {
  private RunReport() {}

  /**
   * The page, which needs neither a network nor another file.
   *
   * @throws IOException if the folder cannot be read; a file that is missing or damaged only leaves
   *     a gap that the page names
   */
  public static byte[] page(RunFolder folder) throws IOException {
    return ReportPage.offline(RunData.of(folder).content()).getBytes(StandardCharsets.UTF_8);
  }

  /** Makes the page and writes it into the folder. */
  public static void write(RunFolder folder) throws IOException {
    folder.write(RunRecords.REPORT, page(folder));
  }
}
