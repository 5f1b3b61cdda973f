package org.anabranch.spark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which Anabranch this is, as the build wrote it down. */
final class BuildVersion implements IVersionProvider {
  private static final String RESOURCE = "/META-INF/anabranch/build.properties";

  private final Properties properties = new Properties();

  BuildVersion() {
    try (InputStream stream = BuildVersion.class.getResourceAsStream(RESOURCE)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String version() {
    return known("version");
  }

  /**
   * The commit's hash, with "-dirty" if files differed from it; "unknown" if nobody told the build.
   */
  String commit() {
    return known("commit");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "anabranch %s (commit %s)".formatted(version(), commit()),
      "Java %s, %s"
          .formatted(System.getProperty("java.version"), System.getProperty("java.vm.name"))
    };
  }

  /** A placeholder that the build did not fill in counts as unknown. */
  private String known(String key) {
    String value = properties.getProperty(key, "");
    return value.isBlank() || value.contains("${") ? "unknown" : value;
  }
}
