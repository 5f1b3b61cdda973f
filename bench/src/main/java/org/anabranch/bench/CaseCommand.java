package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench CASE}: one reference workload. */
@Command(mixinStandardHelpOptions = true)
class CaseCommand implements Callable<Integer> {
  private final ReferenceCase workload;

  @Option(names = "--threads", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1")
  private int threads;

  @Option(
      names = "--repeat",
      description = "Measurements, of which the median is stated. Default: ${DEFAULT-VALUE}.",
      defaultValue = "9")
  private int repeats;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Time before the first measurement. Default: ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private double warmUpSeconds;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights and initial values of a peer, from bench/export-peer.py.")
  private @Nullable Path weights;

  @Option(names = "--json", description = "One line of JSON.")
  private boolean json;

  CaseCommand(ReferenceCase workload) {
    this.workload = workload;
  }

  static CommandLine of(ReferenceCase workload) {
    CaseCommand command =
        workload == ReferenceCase.W5_MALI_STEPS
            ? new ChosenSteps(workload)
            : new CaseCommand(workload);
    CommandLine commandLine = new CommandLine(command);
    commandLine.getCommandSpec().usageMessage().description(workload.description());
    return commandLine;
  }

  int steps() {
    return ReferenceCase.STEPS;
  }

  @Override
  public Integer call() throws IOException {
    CaseMeasurement measurement =
        new CaseMeasurement(workload, steps(), threads, repeats, warmUpSeconds);
    OdeProblem problem = weights == null ? OdeProblem.drawn() : OdeProblem.read(weights);
    Map<String, Object> figures = measurement.run(problem);
    ProgramOutput.print(json ? Json.line(figures) + "\n" : CaseMeasurement.text(figures));
    return 0;
  }

  /** The one that is told its steps. */
  @Command(mixinStandardHelpOptions = true)
  private static final class ChosenSteps extends CaseCommand {
    @Option(names = "--steps", required = true, description = "Steps of the solve.")
    private int steps;

    ChosenSteps(ReferenceCase workload) {
      super(workload);
    }

    @Override
    int steps() {
      return steps;
    }
  }
}
