package org.anabranch.spark.job;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.anabranch.spark.job.RunOptions.Reuse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anabranch train}: reads the configuration, and hands over to the training. */
@Command(
    name = "train",
    description = {
      "Trains the model of a configuration and leaves everything in one folder: summary.json,",
      "metrics.jsonl, the configuration as it was used, checkpoints, the model itself, and report.html."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  anabranch train conf/digits.conf",
      "  anabranch train conf/digits.conf --threads 4 train.epochs=20 --out runs/short",
      "  anabranch train conf/digits.conf --resume",
      "",
      "All settings: anabranch settings, or docs/configuration.md."
    })
final class TrainCommand implements Callable<Integer> {
  private final TrainingRun training;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the folder of results (default: runs/<name>)")
  private @Nullable String out;

  @ArgGroup(exclusive = true)
  private ReuseOptions reuse = new ReuseOptions();

  @ArgGroup(exclusive = true)
  private MasterOptions master = new MasterOptions();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "tasks of a round; the result does not depend on it")
  private @Nullable String partitions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "decides first parameters and the order of mini-batches")
  private @Nullable String seed;

  @ArgGroup(exclusive = true)
  private TalkOptions talk = new TalkOptions();

  @Option(names = "--no-report", description = "leave no report.html, nor what it is made from")
  private boolean noReport;

  @Option(
      names = "--ui",
      description = "show the report while the run goes on, to a browser on this machine")
  private boolean ui;

  @Option(names = "--ui-port", paramLabel = "N", description = "the port of --ui (default: any)")
  private @Nullable Integer uiPort;

  /** Of an output folder that holds a run already. */
  static final class ReuseOptions {
    @Option(
        names = "--resume",
        description = "go on from the newest checkpoint in the folder; start if there is no run")
    boolean resume;

    @Option(
        names = "--overwrite",
        description = "delete the run in the folder, and nothing else, then start")
    boolean overwrite;
  }

  /** Where Spark runs. */
  static final class MasterOptions {
    @Option(
        names = "--master",
        paramLabel = "M",
        description = "where Spark runs: local[N], local[*], spark://host:port, yarn, k8s://...")
    @Nullable String master;

    @Option(
        names = "--threads",
        paramLabel = "N",
        description = "run in this process on N threads: the same as --master local[N]")
    @Nullable Integer threads;
  }

  TrainCommand(TrainingRun training) {
    this.training = training;
  }

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    TrainingConfiguration read = configuration.read(overridings());
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    return training.run(
        read, new RunOptions(chosenReuse(), arguments, !noReport, talk.chosen(), chosenUi()));
  }

  /** Options come after the settings, since they are the more visible of the two. */
  List<Overriding> overridings() {
    List<Overriding> overridings = configuration.overridings();
    add(overridings, "--out", Settings.OUT, out);
    add(overridings, "--master", Settings.SPARK_MASTER, master.master);
    add(overridings, "--partitions", Settings.SPARK_PARTITIONS, partitions);
    add(overridings, "--seed", Settings.SEED, seed);
    Integer threads = master.threads;
    if (threads != null) {
      if (threads < 1) {
        throw new Mistake(
            "command line: --threads is %d; it must be at least 1. Leave it out for all cores."
                .formatted(threads));
      }
      add(overridings, "--threads", Settings.SPARK_MASTER, "local[%d]".formatted(threads));
    }
    return overridings;
  }

  private static void add(
      List<Overriding> overridings, String option, Parameter<?> parameter, @Nullable String text) {
    if (text != null) {
      String source = "%s (%s)".formatted(Overriding.COMMAND_LINE, option);
      overridings.add(new Overriding(parameter.key(), text, source));
    }
  }

  private OptionalInt chosenUi() {
    Integer port = uiPort;
    if (port == null) {
      return ui ? OptionalInt.of(0) : OptionalInt.empty();
    }
    if (port < 1 || port > 65_535) {
      throw new Mistake(
          "command line: --ui-port is %d; it must be from 1 to 65535. Leave it out for any port that is free."
              .formatted(port));
    }
    return OptionalInt.of(port);
  }

  Reuse chosenReuse() {
    return reuse.resume ? Reuse.RESUME : reuse.overwrite ? Reuse.OVERWRITE : Reuse.REFUSE;
  }
}
