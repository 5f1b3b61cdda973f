package org.anabranch.spark.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.anabranch.model.paths.PathSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch simulate}: data for models of paths, made by a formula or by a training. */
@Command(
    name = "simulate",
    description = {
      "Makes paths to learn from, and writes them as CSV, one a line, for data.layout = wide. The",
      "same seed gives the same file on every machine.",
      "  ou       Ornstein-Uhlenbeck process that depends on time: 64 times from 0 to 63",
      "  lorenz   Lorenz's system with noise, 3 channels brought to mean 0 and deviation 1: 100"
          + " times",
      "           from 0 to 2",
      "  weights  each weight of a small network, after each of 50 epochs in which it learns digits"
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  anabranch simulate ou --out ou.csv.gz --missing 0.3",
      "  anabranch simulate lorenz --paths 2048 --out lorenz.csv.gz --seed 7",
      "  anabranch simulate weights --out weights.csv.gz"
    })
final class SimulateCommand implements Callable<Integer> {
  /** What can be simulated. */
  enum Simulated {
    OU,
    LORENZ,
    WEIGHTS
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PROCESS", description = "${COMPLETION-CANDIDATES}")
  private @Nullable Simulated process;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "a file of this machine, which is replaced; gzip if it ends with .gz")
  private @Nullable Path out;

  @Option(
      names = "--paths",
      paramLabel = "N",
      description = "how many (default: 8192; 1024 of lorenz)")
  private @Nullable Integer paths;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "another seed gives other paths (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--missing",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "of values after the first time, left out at random (default: ${DEFAULT-VALUE})")
  private double missing;

  @Option(
      names = "--digits",
      paramLabel = "FILE",
      defaultValue = "data/digits.csv.gz",
      description = "what the network of weights learns (default: ${DEFAULT-VALUE})")
  private String digits = "";

  @Override
  public Integer call() throws IOException {
    if (spec == null || process == null || out == null) {
      throw new AssertionError("picocli requires PROCESS and --out and injects the specification");
    }
    Simulation simulation = simulation(process);
    PathSet drawn = simulation.draw(checkedPaths(simulation), seed);
    new SeriesCsv(drawn, checkedMissing(), seed).write(out);
    PrintWriter text = spec.commandLine().getOut();
    text.printf(
        Locale.ROOT,
        "%,d paths of %d times%s in %s%n",
        drawn.size(),
        drawn.shape().length(),
        drawn.shape().width() == 1 ? "" : ", %d channels".formatted(drawn.shape().width()),
        out);
    text.flush();
    return ExitCode.OK;
  }

  private Simulation simulation(Simulated wanted) {
    return switch (wanted) {
      case OU -> new OrnsteinUhlenbeck();
      case LORENZ -> new StochasticLorenz();
      case WEIGHTS -> new WeightTrajectories(digits);
    };
  }

  private int checkedPaths(Simulation simulation) {
    int count = paths == null ? simulation.standardPaths() : paths;
    if (count < 1 || count > 1_000_000) {
      throw new Mistake(
          "command line: --paths is %d; it must be from 1 to 1,000,000. Write for example --paths 8192."
              .formatted(count));
    }
    return count;
  }

  private double checkedMissing() {
    if (!(missing >= 0 && missing < 1)) {
      throw new Mistake(
          "command line: --missing is %s; it must be from 0 to below 1. Write for example --missing 0.3."
              .formatted(missing));
    }
    return missing;
  }
}
