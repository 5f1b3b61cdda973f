package org.anabranch.spark.job;

import org.anabranch.spark.job.RunOptions.Talk;
import picocli.CommandLine.Option;

/** Of commands that train: for those who do not read along. */
final class TalkOptions {
  @Option(
      names = {"-q", "--quiet"},
      description = "print nothing but errors")
  private boolean quiet;

  @Option(
      names = "--json",
      description = "print nothing but errors and, at the end, one line of JSON: the summary")
  private boolean json;

  Talk chosen() {
    return json ? Talk.JSON : quiet ? Talk.NONE : Talk.ALL;
  }
}
