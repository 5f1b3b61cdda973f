package org.anabranch.spark.job;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch predict}: see {@link PredictJob}. */
@Command(
    name = "predict",
    description = {
      "Predicts the class of every record with the model of a run, and writes CSV: file, record,",
      "label where there is one, predicted class, a probability for each class, and a note where",
      "there is no prediction. Records are read as the run's configuration says."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  anabranch predict runs/digits new.csv --no-labels --out predictions",
      "  anabranch predict hdfs:///runs/digits hdfs:///new/ --out hdfs:///predictions --master yarn"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "the folder of the run")
  private String run = "";

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description = "the records: a file, a folder or a glob, on any Hadoop file system")
  private String data = "";

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "key=value",
      description = "settings that win over the run's, for example data.header=true")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "a folder that does not exist yet, for part-00000.csv and so on")
  private String out = "";

  @Option(names = "--no-labels", description = "the records have features only (CSV)")
  private boolean noLabels;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "the labels that belong to DATA (IDX)")
  private @Nullable String labels;

  @Option(names = "--master", paramLabel = "M", description = "where Spark runs")
  private @Nullable String master;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    RunConfiguration trained = RunConfiguration.of(run);
    List<String> all = new ArrayList<>(settings);
    all.add("data.path=" + data);
    if (labels != null) {
      all.add("data.labels=" + labels);
    }
    TrainingConfiguration configuration = trained.read(all, master);
    PredictJob.Counts counts = new PredictJob(trained, configuration, !noLabels).run(out);
    PrintWriter print = spec.commandLine().getOut();
    print.print(counts.text(out));
    print.flush();
    return ExitCode.OK;
  }
}
