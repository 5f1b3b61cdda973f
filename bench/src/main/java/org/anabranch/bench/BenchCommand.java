package org.anabranch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code anabranch bench}: it only names what can be measured. */
@Command(
    name = "anabranch bench",
    description = "Measurements of this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "CASE")
final class BenchCommand implements Runnable {
  private static final int FAILURE = 1;
  private static final int MISTAKE = 2;

  @Spec private @Nullable CommandSpec spec;

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new BenchCommand());
    for (ReferenceCase workload : ReferenceCase.values()) {
      commandLine.addSubcommand(workload.command(), CaseCommand.of(workload));
    }
    commandLine.addSubcommand(new SdeCommand());
    commandLine.addSubcommand(new GanCommand());
    commandLine.addSubcommand(new GanStepCommand());
    commandLine.addSubcommand(new LatentCommand());
    commandLine.addSubcommand(new LatentTrainingCommand());
    commandLine.addSubcommand(new LatentCurvesCommand());
    commandLine.addSubcommand(new BrownianCommand());
    commandLine.addSubcommand(new KernelsCommand());
    commandLine.addSubcommand(new CurvesCommand());
    commandLine.addSubcommand(new ExactnessCommand());
    commandLine.addSubcommand(new PrecisionCommand());
    commandLine.addSubcommand(new SdePrecisionCommand());
    commandLine.addSubcommand(new LinearCommand());
    commandLine.addSubcommand(new BacksolveCommand());
    commandLine.addSubcommand(new SdeExactnessCommand());
    commandLine.setUsageHelpWidth(100);
    commandLine.setExecutionExceptionHandler(
        (exception, command, result) -> {
          command.getErr().println("anabranch bench: " + exception.getMessage());
          command.getErr().flush();
          return isMistake(exception) ? MISTAKE : FAILURE;
        });
    return commandLine;
  }

  private static boolean isMistake(Exception exception) {
    return exception instanceof IllegalArgumentException
        || exception instanceof IOException
        || exception instanceof UncheckedIOException;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(),
          "A case is missing. Write for example: anabranch bench w5-mali-fixed");
    }
  }
}
