package org.anabranch.spark.job;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anabranch doctor}: see {@link Doctor}. */
@Command(
    name = "doctor",
    description = {
      "Says what this machine has for training, what that means, and what to do.",
      "Ends with 1 if something keeps a run from starting."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    return Doctor.ofProcess().examine(spec.commandLine().getOut());
  }
}
