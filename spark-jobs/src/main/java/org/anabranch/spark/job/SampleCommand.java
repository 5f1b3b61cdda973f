package org.anabranch.spark.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.anabranch.model.paths.PathModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch sample}: see {@link SampleJob}. */
@Command(
    name = "sample",
    description = {
      "Draws paths from the model of a run and writes them to a new folder: a table with a row for",
      "each time of each path, or a row for each path. A path depends on the model, the seed, its",
      "number and its covariates alone, not on where it is drawn."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  anabranch sample runs/ou-gan --paths 10000 --out generated",
      "  anabranch sample runs/ou-gan --paths 1000000 --out generated.parquet --seed 7",
      "  anabranch sample hdfs:///runs/wind --out hdfs:///drawn --layout wide --master yarn"
    })
final class SampleCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "the folder of the run")
  private String run = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "a folder that does not exist yet, for part-00000.csv and so on")
  private String out = "";

  @Option(
      names = "--paths",
      paramLabel = "N",
      description = "how many (default: one for each row of --covariates, else 1000)")
  private @Nullable Long paths;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "another seed draws other paths (default: ${DEFAULT-VALUE})",
      defaultValue = "0")
  private long seed;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv or parquet (default: csv, or parquet if DIR ends with .parquet)")
  private @Nullable PredictionFormat format;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description = "long: a row for each time of each path. wide: a row for each path",
      defaultValue = "LONG")
  private PathLayout layout = PathLayout.LONG;

  @Option(
      names = "--covariates",
      paramLabel = "FILE",
      description = {
        "CSV with a header that names the model's covariates: the first path has those of the first",
        "row, and so on, after the last from the first again"
      })
  private @Nullable String covariates;

  @Option(names = "--master", paramLabel = "M", description = "where Spark runs")
  private @Nullable String master;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    if (paths != null && paths < 1) {
      throw new Mistake("command line: --paths is %d; it must be at least 1.".formatted(paths));
    }
    RunConfiguration of = RunConfiguration.of(run);
    TrainingConfiguration configuration = of.read(List.of(), master);
    PathModel model = of.pathModel();
    float[] given = given(model);
    int width = model.shape().covariates().size();
    Long wanted = paths;
    long count = wanted != null ? wanted : width > 0 ? given.length / width : 1000;
    long lost =
        new SampleJob(
                of,
                configuration,
                model,
                count,
                seed,
                given,
                PredictionFormat.of(format, out),
                layout)
            .run(out);
    PrintWriter print = spec.commandLine().getOut();
    print.printf("%,d paths of %d times in %s%n", count, model.shape().length(), out);
    if (lost > 0) {
      print.printf("%,d of them hold numbers that are not finite%n", lost);
    }
    print.flush();
    return ExitCode.OK;
  }

  private float[] given(PathModel model) throws IOException {
    List<String> names = model.shape().covariates();
    if (names.isEmpty()) {
      if (covariates != null) {
        throw new Mistake(
            "command line: --covariates is %s, but the model of %s has none. Take it out."
                .formatted(covariates, run));
      }
      return new float[0];
    }
    if (covariates == null) {
      throw new Mistake(
          "command line: the model of %s draws paths for given %s. Name a CSV file with such columns by --covariates."
              .formatted(run, String.join(", ", names)));
    }
    return CovariateFile.read(covariates, names);
  }
}
