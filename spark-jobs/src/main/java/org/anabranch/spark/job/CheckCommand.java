package org.anabranch.spark.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.anabranch.check.Certificate;
import org.anabranch.train.Pipeline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anabranch check}: see {@link CheckJob}. */
@Command(
    name = "check",
    description = {
      "Certifies the model of a configuration on a few of its samples: its gradient by independent",
      "routes, every operation's derivative by itself, and what each solver costs for its error;",
      "then says which solver and gradient to configure, and why."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  anabranch check conf/digits.conf",
      "  anabranch check conf/digits.conf solver.method=dopri5 solver.stepping=adaptive --json",
      "  anabranch check conf/digits.conf --run runs/digits",
      "",
      "Exit codes: 0 the gradient is certified; 1 the check itself failed; 2 usage, configuration or",
      "data need to be put right; 3 the gradient is not certified."
    })
final class CheckCommand implements Callable<Integer> {
  private final UnaryOperator<Pipeline> change;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "training samples to look at (default: ${DEFAULT-VALUE})",
      defaultValue = "8")
  private int samples;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = {
        "look at the model and the parameters of a run, by its own configuration; where CONF says",
        "otherwise, that is told (default: CONF and first parameters)"
      })
  private @Nullable String run;

  @Option(names = "--all", description = "every row of the solvers' table, not the best alone")
  private boolean all;

  @Option(names = "--json", description = "print one line of JSON, for programs")
  private boolean json;

  CheckCommand() {
    this(UnaryOperator.identity());
  }

  /**
   * @param change to the configured model before it is checked
   */
  CheckCommand(UnaryOperator<Pipeline> change) {
    this.change = change;
  }

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    TrainingConfiguration read = configuration.read(configuration.overridings());
    CheckedRun of = run == null ? null : CheckedRun.of(run, configuration.settings());
    List<String> notes =
        of == null ? List.of() : of.differences(read, configuration.file().toString());
    TrainingConfiguration checked = of == null ? read : of.configuration();
    Certificate certificate = new CheckJob(checked, samples, of, change).certificate();
    CertificateText text = new CertificateText(checked, certificate, run, notes);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? text.json() : text.text(all));
    out.flush();
    return certificate.passes() ? ExitCode.OK : ExitCode.NOT_CERTIFIED;
  }
}
