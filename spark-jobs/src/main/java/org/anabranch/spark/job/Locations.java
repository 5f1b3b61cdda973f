package org.anabranch.spark.job;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Which file a relative path of a configuration means. */
final class Locations {
  private static final Pattern URI = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]+:.*");

  private final ConfigurationFile configuration;
  private final Path workingFolder;

  Locations(ConfigurationFile configuration, Path workingFolder) {
    this.configuration = configuration;
    this.workingFolder = workingFolder;
  }

  /**
   * A path that data are read from: relative to the file that says it, so that a configuration
   * works from every working folder; on the command line and in the environment relative to the
   * working folder, where file-name completion works.
   */
  String source(Reading<String> path) {
    String text = path.value();
    if (isUri(text) || text.startsWith("/")) {
      return text;
    }
    boolean written =
        !path.place().source().equals(Overriding.COMMAND_LINE)
            && !Environment.isSource(path.place());
    Path base = written ? configuration.folder() : workingFolder;
    Path file = base.resolve(text).normalize();
    return file.startsWith(workingFolder)
        ? workingFolder.relativize(file).toString()
        : file.toString();
  }

  /** The same without relation to a working folder, for a record that is read elsewhere. */
  String absolute(String path) {
    return isUri(path) ? path : workingFolder.resolve(path).normalize().toString();
  }

  /** Whether a path names its file system. */
  static boolean isUri(String path) {
    return URI.matcher(path).matches();
  }

  /** The configuration's name without its suffix. */
  String name() {
    String file = String.valueOf(configuration.shown().getFileName());
    return file.endsWith(".conf") && file.length() > ".conf".length()
        ? file.substring(0, file.length() - ".conf".length())
        : file;
  }
}
