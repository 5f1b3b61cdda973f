package org.anabranch.spark.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Of commands that read a configuration: its file, and settings that win over it. */
final class ConfigurationOptions {
  @Parameters(index = "0", paramLabel = "CONF", description = "the configuration, a HOCON file")
  private @Nullable Path file;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "key=value",
      description = "settings that win over the file, for example train.epochs=20")
  private List<String> settings = new ArrayList<>();

  Path file() {
    if (file == null) {
      throw new AssertionError("picocli requires CONF");
    }
    return file;
  }

  List<String> settings() {
    return List.copyOf(settings);
  }

  /** The settings as they win over the file. */
  List<Overriding> overridings() {
    List<Overriding> overridings = new ArrayList<>();
    settings.forEach(text -> overridings.add(Overriding.parse(text)));
    return overridings;
  }

  /** The file, read and checked. */
  TrainingConfiguration read(List<Overriding> overridings) {
    return ConfigurationReader.ofProcess().read(file(), overridings);
  }
}
