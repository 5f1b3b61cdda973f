package org.anabranch.spark.job;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anabranch completion}: what makes bash complete commands and options. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and options in bash and zsh. To have it now:",
      "  source <(submit/anabranch completion)",
      "and to have it always, add that line, with the whole path, to ~/.bashrc."
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    CommandLine whole = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash(spec.root().name(), whole));
    out.flush();
  }
}
