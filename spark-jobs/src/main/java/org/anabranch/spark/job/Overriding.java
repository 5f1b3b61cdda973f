package org.anabranch.spark.job;

/**
 * A setting that replaces the file's.
 *
 * @param value as text; it is never read as HOCON, so that {@code data.path=hdfs://a/b} needs no
 *     quotes and nothing can be included or substituted
 * @param source where the user wrote it, as complaints show it
 */
record Overriding(String key, String value, String source) {
  static final String COMMAND_LINE = "command line";

  static Overriding onCommandLine(String key, String value) {
    return new Overriding(key, value, COMMAND_LINE);
  }

  /**
   * @param text {@code key=value}
   */
  static Overriding parse(String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? "" : text.substring(0, equals).strip();
    if (key.isEmpty() || key.startsWith(".") || key.endsWith(".") || key.contains("..")) {
      throw new Mistake(
          "command line: '%s' is not key=value. Write for example solver.steps=20."
              .formatted(text));
    }
    return onCommandLine(key, text.substring(equals + 1).strip());
  }
}
