package org.anabranch.spark.job;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line as a whole: it only names its commands. */
@Command(
    name = "anabranch",
    description = "Neural differential equations on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nStart here:%n",
    footer = {
      "  anabranch doctor                   what this machine has, and what is missing",
      "  anabranch train conf/digits.conf   a first run, under a minute",
      "",
      "Exit codes: 0 done; 1 the run failed, or doctor found what blocks it; 2 usage, configuration"
          + " or",
      "data need to be put right; 3 check does not certify the gradient; 130 interrupted."
    })
final class Anabranch implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  static CommandLine commandLine(TrainingRun training) {
    CommandLine commandLine = new CommandLine(new Anabranch());
    commandLine.addSubcommand(new TrainCommand(training));
    commandLine.addSubcommand(new ResumeCommand(training));
    commandLine.addSubcommand(new EvaluateCommand());
    commandLine.addSubcommand(new PredictCommand());
    commandLine.addSubcommand(new SampleCommand());
    commandLine.addSubcommand(new ReportCommand());
    commandLine.addSubcommand(new CheckCommand());
    commandLine.addSubcommand(new SimulateCommand());
    commandLine.addSubcommand(new DoctorCommand());
    commandLine.addSubcommand(new SettingsCommand());
    commandLine.addSubcommand(new CompletionCommand());
    commandLine.setUsageHelpWidth(100);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(new FailureReport());
    commandLine.setParameterExceptionHandler(new UsageReport());
    return commandLine;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(), "A command is missing. Write for example: anabranch doctor");
    }
  }
}
