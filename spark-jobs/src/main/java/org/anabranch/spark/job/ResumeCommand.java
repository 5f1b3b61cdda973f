package org.anabranch.spark.job;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.anabranch.spark.job.RunOptions.Reuse;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch resume}: goes on with a run by the configuration that it left. */
@Command(
    name = "resume",
    description = {
      "Goes on with a run that was stopped or killed, from its newest checkpoint and by the",
      "configuration in its folder. It ends with the parameters of a run that was never stopped."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  anabranch resume runs/digits",
      "  anabranch resume runs/digits train.epochs=50   more epochs than it was started with"
    })
final class ResumeCommand implements Callable<Integer> {
  private final TrainingRun training;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "the folder of the run")
  private String run = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "key=value",
      description = "settings that win over the run's; those that decide the result must stay")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--master",
      paramLabel = "M",
      description = "where Spark runs now: the result does not depend on it")
  private @Nullable String master;

  ResumeCommand(TrainingRun training) {
    this.training = training;
  }

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    List<Overriding> overridings = new ArrayList<>();
    settings.forEach(text -> overridings.add(Overriding.parse(text)));
    overridings.add(new Overriding(Settings.OUT.key(), run, Overriding.COMMAND_LINE + " (RUN)"));
    if (master != null) {
      String source = Overriding.COMMAND_LINE + " (--master)";
      overridings.add(new Overriding(Settings.SPARK_MASTER.key(), master, source));
    }
    TrainingConfiguration read = ConfigurationReader.ofProcess().read(configuration(), overridings);
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    return training.run(read, new RunOptions(Reuse.RESUME, arguments));
  }

  /** The file that the run left; one of another file system is copied here first. */
  private Path configuration() throws IOException {
    Path file =
        run.startsWith("file:") || !Locations.isUri(run)
            ? local().resolve(RunFiles.CONFIGURATION)
            : copied();
    if (!Files.exists(file)) {
      throw new Mistake(
          "%s: there is no %s in it, so it is no folder of a run. Name the folder that --out gave; runs/<name> by default."
              .formatted(run, RunFiles.CONFIGURATION));
    }
    return file;
  }

  private Path local() {
    return run.startsWith("file:") ? Path.of(URI.create(run).getPath()) : Path.of(run);
  }

  private Path copied() throws IOException {
    var hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    var source = new org.apache.hadoop.fs.Path(run, RunFiles.CONFIGURATION);
    var files = source.getFileSystem(hadoop);
    Path copy = Files.createTempDirectory("anabranch-resume-").resolve(RunFiles.CONFIGURATION);
    copy.toFile().deleteOnExit();
    if (files.exists(source)) {
      try (var stream = files.open(source)) {
        Files.copy(stream, copy);
      }
    }
    return copy;
  }
}
