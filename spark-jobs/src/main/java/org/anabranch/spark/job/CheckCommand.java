package org.anabranch.spark.job;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.anabranch.check.Certificate;
import org.anabranch.train.Pipeline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
      "Exit codes: 0 the gradient is certified; 1 it is not; 2 usage, configuration or data need to",
      "be put right."
    })
final class CheckCommand implements Callable<Integer> {
  private final UnaryOperator<Pipeline> change;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CONF", description = "the configuration, a HOCON file")
  private @Nullable Path configuration;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "key=value",
      description = "settings that win over the file, for example solver.steps=16")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "training samples to look at (default: ${DEFAULT-VALUE})",
      defaultValue = "8")
  private int samples;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "look at the parameters that a run has trained (default: first ones)")
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
    if (configuration == null || spec == null) {
      throw new AssertionError("picocli requires CONF and injects the specification");
    }
    List<Overriding> overridings = new ArrayList<>();
    settings.forEach(text -> overridings.add(Overriding.parse(text)));
    TrainingConfiguration read = ConfigurationReader.ofProcess().read(configuration, overridings);
    Certificate certificate = new CheckJob(read, samples, run, change).certificate();
    CertificateText text = new CertificateText(read, certificate);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? text.json() : text.text(all));
    out.flush();
    return certificate.passes() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
