package org.anabranch.spark.job;

import java.util.List;
import java.util.stream.Collectors;

/** The page of the documentation that lists every setting: {@code docs/configuration.md}. */
final class ConfigurationReference {
  private static final String HEAD =
      """
      # Configuration

      Written by `submit/anabranch settings > docs/configuration.md`; a test holds this page against the declarations.

      A configuration is a [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md) file such as
      [conf/digits.conf](../conf/digits.conf). It is checked as a whole before anything starts. Any setting can be given on
      the command line as well, where it wins over the file: `submit/anabranch train conf/digits.conf solver.steps=20`.

      - `include "other.conf"` reads files in the folder of the configuration or below it, no others.
      - `${?NAME}` takes the value of an environment variable, if it is set. Such a value is recorded by its name, never
        shown, logged or written.
      - A relative path of data starts at the folder of the file that says it, so that a configuration works from every
        working folder; on the command line and from the environment it starts at the working folder, as `out` always does.
      - *Result*: whether another value trains other parameters. A resumed run must have the same.
      """;

  private ConfigurationReference() {}

  /** Markdown, ending with a line break. */
  static String markdown() {
    List<String> sections = Settings.all().stream().map(Parameter::section).distinct().toList();
    return HEAD
        + sections.stream().map(ConfigurationReference::section).collect(Collectors.joining());
  }

  private static String section(String section) {
    StringBuilder text = new StringBuilder();
    text.append("\n## ").append(section.isEmpty() ? "The run" : "`" + section + "`").append("\n\n");
    text.append("| setting | value | default | result | |\n|---|---|---|---|---|\n");
    for (Parameter<?> parameter : Settings.all()) {
      if (parameter.section().equals(section)) {
        text.append(
            "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                    parameter.key(),
                    cell(parameter.kind()),
                    standard(parameter),
                    parameter.effect() == Parameter.Effect.RESULT ? "yes" : "no",
                    cell(parameter.sentence())));
      }
    }
    return text.toString();
  }

  private static String standard(Parameter<?> parameter) {
    if (parameter.isRequired()) {
      return "*required*";
    }
    String text = cell(parameter.standardText());
    return parameter.standard().isPresent() ? "`" + text + "`" : text;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
