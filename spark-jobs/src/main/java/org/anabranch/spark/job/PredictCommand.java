package org.anabranch.spark.job;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch predict}: see {@link PredictJob}. */
@Command(
    name = "predict",
    description = {
      "Predicts the class of every record with the model of a run, and writes CSV or Parquet: file,",
      "record, label where there is one, predicted class, a probability for each class, and a note",
      "where there is no prediction. Records are read as the run's configuration says."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  anabranch predict runs/digits new.csv --no-labels --out predictions",
      "  anabranch predict runs/fashion new-images-idx3-ubyte.gz --out predictions.parquet",
      "  anabranch predict hdfs:///runs/digits hdfs:///new/ --out hdfs:///predictions --master yarn"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private ModelOptions model = new ModelOptions();

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

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv or parquet (default: csv, or parquet if DIR ends with .parquet)")
  private @Nullable PredictionFormat format;

  @Option(
      names = "--no-labels",
      description = "the records have features only (CSV; IDX without --labels)")
  private boolean noLabels;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    if (noLabels && model.namesLabels(settings)) {
      throw new Mistake(
          "command line: --no-labels and labels contradict each other. Take one of them out.");
    }
    ModelOptions.Chosen chosen = model.chosen(settings, data);
    boolean labelled = !noLabels && !model.lacksLabels(settings, chosen.configuration());
    PredictionCounts counts =
        new PredictJob(
                chosen.run(), chosen.configuration(), labelled, PredictionFormat.of(format, out))
            .run(out);
    PrintWriter print = spec.commandLine().getOut();
    print.print(counts.text(out));
    print.flush();
    return ExitCode.OK;
  }
}
