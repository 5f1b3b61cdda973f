package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench CASE}: one reference workload. */
@Command(mixinStandardHelpOptions = true)
abstract class CaseCommand implements Callable<Integer> {
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
      names = "--profile",
      paramLabel = "SECONDS",
      arity = "0..1",
      fallbackValue = "10",
      description =
          "Instead of the measurements: where the time of the solving threads goes, sampled for"
              + " ${FALLBACK-VALUE} seconds or so many.")
  private @Nullable Double profileSeconds;

  @Option(names = "--json", description = "One line of JSON.")
  private boolean json;

  CaseCommand(ReferenceCase workload) {
    this.workload = workload;
  }

  static CommandLine of(ReferenceCase workload) {
    CaseCommand command =
        switch (workload) {
          case W5_MALI_STEPS -> new ChosenSteps(workload);
          case W5_MALI_ADAPTIVE, W5_DOPRI5_DIRECT, W5_DOPRI5_CHECKPOINTED ->
              new ChosenTolerance(workload);
          case W5_MALI_WIDTH, W5_RK4_WIDTH -> new ChosenWidth(workload);
          case W5_MALI_FIXED, W5_RK4_DIRECT, W5_RK4_CHECKPOINTED -> new PeerSized(workload);
        };
    CommandLine commandLine = new CommandLine(command);
    commandLine.getCommandSpec().usageMessage().description(workload.description());
    return commandLine;
  }

  Stepping stepping() {
    return workload.stepping();
  }

  abstract OdeProblem problem() throws IOException;

  @Override
  public Integer call() throws IOException {
    if (profileSeconds != null) {
      if (json) {
        throw new IllegalArgumentException("--profile prints Markdown. Leave --json out.");
      }
      ProfileRun run = new ProfileRun(workload, stepping(), threads, warmUpSeconds, profileSeconds);
      ProgramOutput.print(run.record(problem()).markdown());
      return 0;
    }
    CaseMeasurement measurement =
        new CaseMeasurement(workload, stepping(), threads, repeats, warmUpSeconds);
    Map<String, Object> figures = measurement.run(problem());
    ProgramOutput.print(json ? Json.line(figures) + "\n" : CaseMeasurement.text(figures));
    return 0;
  }

  /** The sizes that the peers run. */
  @Command(mixinStandardHelpOptions = true)
  private static class PeerSized extends CaseCommand {
    @Option(
        names = "--weights",
        paramLabel = "FILE",
        description = "Weights and initial values of a peer, from bench/export-peer.py.")
    private @Nullable Path weights;

    @Option(
        names = "--scale",
        paramLabel = "X",
        description = "Times the weights. Default: ${DEFAULT-VALUE}.",
        defaultValue = "1")
    private double scale;

    PeerSized(ReferenceCase workload) {
      super(workload);
    }

    @Override
    OdeProblem problem() throws IOException {
      OdeProblem problem = weights == null ? OdeProblem.drawn() : OdeProblem.read(weights);
      return problem.scaled(scale);
    }
  }

  /** Those sizes; it is told its steps. */
  @Command(mixinStandardHelpOptions = true)
  private static final class ChosenSteps extends PeerSized {
    @Option(names = "--steps", required = true, description = "Steps of the solve.")
    private int steps;

    ChosenSteps(ReferenceCase workload) {
      super(workload);
    }

    @Override
    Stepping stepping() {
      return new TimeGrid(0, 1, steps);
    }
  }

  /** Those sizes; it may be told its tolerances. */
  @Command(mixinStandardHelpOptions = true)
  private static final class ChosenTolerance extends PeerSized {
    @Option(names = "--tolerance", paramLabel = "X", description = "Relative and absolute.")
    private @Nullable Double tolerance;

    @Option(
        names = "--largest-step",
        paramLabel = "H",
        description = "No step is larger: for many steps whatever the errors.")
    private @Nullable Double largest;

    ChosenTolerance(ReferenceCase workload) {
      super(workload);
    }

    @Override
    Stepping stepping() {
      Stepping steps = tolerance == null ? super.stepping() : ReferenceCase.adaptive(tolerance);
      return largest != null && steps instanceof AdaptiveSpan span
          ? new AdaptiveSpan(span.start(), span.end(), span.steps().withSizes(0, largest))
          : steps;
    }
  }

  /** It is told the one width of all its layers. */
  @Command(mixinStandardHelpOptions = true)
  private static final class ChosenWidth extends CaseCommand {
    @Option(
        names = "--width",
        paramLabel = "N",
        required = true,
        description = "Components, and hidden units of both layers.")
    private int width;

    ChosenWidth(ReferenceCase workload) {
      super(workload);
    }

    @Override
    OdeProblem problem() {
      return OdeProblem.ofWidth(width);
    }
  }
}
