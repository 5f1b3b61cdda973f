package org.anabranch.spark.job;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.anabranch.spark.report.RunReport;
import org.anabranch.train.RunFolder;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch report}: see {@link RunReport}. */
@Command(
    name = "report",
    description = {
      "Makes report.html in the folder of a run, out of what is there: of a run that is over, still",
      "goes on, or was killed. The page needs no network and no other file."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExample:%n",
    footer = "  anabranch report runs/digits")
final class ReportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "the folder of a run: a path or a URI")
  private @Nullable String folder;

  @Override
  public Integer call() throws IOException {
    if (folder == null || spec == null) {
      throw new AssertionError("picocli requires DIR and injects the specification");
    }
    RunFolder run =
        OutFolder.ofARun(folder, () -> SparkHadoopUtil.get().newConfiguration(new SparkConf()));
    RunReport.write(run);
    spec.commandLine().getOut().println(run.location() + "/" + RunFiles.REPORT);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
