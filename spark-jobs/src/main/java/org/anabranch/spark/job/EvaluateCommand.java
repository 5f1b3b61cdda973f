package org.anabranch.spark.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.anabranch.train.Evaluation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch evaluate}: see {@link EvaluateJob}. */
@Command(
    name = "evaluate",
    description = {
      "Evaluates the model of a run: loss, accuracy, and how often each class was taken for which;",
      "on the samples that the run kept for testing, or on all records of other data. A model of",
      "paths draws as many as there are real ones, at most report.paths, and is told by how far",
      "they lie from these."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  anabranch evaluate runs/digits",
      "  anabranch evaluate runs/digits --data other.csv --json",
      "  anabranch evaluate runs/ou-gan report.paths=10000"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private ModelOptions model = new ModelOptions();

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "key=value",
      description = "settings that win over the run's")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description = "other records, of which all are used (default: the run's test samples)")
  private @Nullable String data;

  @Option(names = "--json", description = "print one line of JSON, for programs")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    ModelOptions.Chosen chosen = model.chosen(settings, data);
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        chosen.configuration().model().type().isOfPaths() ? ofPaths(chosen) : ofClasses(chosen));
    out.flush();
    return ExitCode.OK;
  }

  private String ofClasses(ModelOptions.Chosen chosen) throws IOException {
    boolean others = data != null;
    if (others && model.lacksLabels(settings, chosen.configuration())) {
      throw new Mistake(
          "command line: --data is %s, but nothing says where its labels are. Give --labels."
              .formatted(data));
    }
    Evaluation evaluation =
        new EvaluateJob(chosen.run(), chosen.configuration(), others).evaluation();
    EvaluationText text = new EvaluationText(evaluation);
    return json ? text.json() : text.table();
  }

  /** Settings of data on the command line are those of {@code --data}, if there are such. */
  private String ofPaths(ModelOptions.Chosen chosen) throws IOException {
    List<String> ofRun =
        settings.stream().filter(text -> !text.strip().startsWith("data.")).toList();
    EvaluatePathsJob job =
        data == null
            ? new EvaluatePathsJob(chosen.run(), chosen.configuration(), null)
            : new EvaluatePathsJob(
                chosen.run(), model.chosen(ofRun, null).configuration(), chosen.configuration());
    PathEvaluationText text = new PathEvaluationText(job.evaluation());
    return json ? text.json() : text.table();
  }
}
