package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.anabranch.spark.job.RunOptions.Reuse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
    versionProvider = BuildVersion.class,
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

  @ArgGroup(exclusive = true)
  private TalkOptions talk = new TalkOptions();

  ResumeCommand(TrainingRun training) {
    this.training = training;
  }

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    TrainingConfiguration read = RunConfiguration.of(run).read(settings, master);
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    return training.run(
        read, new RunOptions(Reuse.RESUME, arguments, true, talk.chosen(), OptionalInt.empty()));
  }
}
