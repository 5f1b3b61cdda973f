package org.anabranch.spark.job;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anabranch settings}: the page {@code docs/configuration.md}. */
@Command(
    name = "settings",
    description = "Lists every setting of a configuration, as Markdown.",
    mixinStandardHelpOptions = true)
final class SettingsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().getOut().print(ConfigurationReference.markdown());
      spec.commandLine().getOut().flush();
    }
  }
}
