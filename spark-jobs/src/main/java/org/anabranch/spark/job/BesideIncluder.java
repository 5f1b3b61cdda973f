package org.anabranch.spark.job;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Includes files that lie in the folder of the configuration or below it, and nothing else: a
 * configuration may come from somebody else, and reading it must not fetch or reveal anything.
 *
 * @param shown how the user wrote the configuration's path
 */
record BesideIncluder(Path folder, Path shown)
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return read(context, what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return read(context, what.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refusal(what.toString(), "is an address");
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw refusal(what, "is on the class path");
  }

  private ConfigObject read(ConfigIncludeContext context, String what) {
    if (what.contains("://")) {
      throw refusal(what, "is an address");
    }
    Path relative = Path.of(what).normalize();
    if (relative.isAbsolute() || relative.startsWith("..")) {
      throw refusal(what, "lies outside the folder of the configuration");
    }
    Path file = folder.resolve(relative);
    if (!Files.isRegularFile(file)) {
      throw new Mistake(
          place(what)
              + ": include of '%s': there is no such file beside the configuration. Put it into %s, or take the include out."
                  .formatted(what, shownFolder()));
    }
    try {
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw refusal(what, "is a link to a file outside the folder of the configuration");
      }
    } catch (IOException e) {
      throw new Mistake(
          place(what)
              + ": include of '%s': it cannot be read. Check its permissions.".formatted(what),
          e);
    }
    String description = shown.resolveSibling(relative).toString();
    return ConfigFactory.parseFile(
            file.toFile(), context.parseOptions().setOriginDescription(description))
        .root();
  }

  private String shownFolder() {
    Path parent = shown.getParent();
    return parent == null ? "the working folder" : "'" + parent + "'";
  }

  private Mistake refusal(String what, String why) {
    return new Mistake(
        "%s: include of '%s': it %s, and only files beside the configuration are read. Copy what you need to %s."
            .formatted(place(what), what, why, shownFolder()));
  }

  /** The library does not tell an includer the line; it is the first that includes this name. */
  private Place place(String what) {
    try {
      int line = 0;
      for (String text : Files.readAllLines(folder.resolve(shown.getFileName()))) {
        line++;
        if (text.contains("include") && text.contains(what)) {
          return new Place(shown.toString(), line);
        }
      }
    } catch (IOException e) {
      return new Place(shown.toString(), 0);
    }
    return new Place(shown.toString(), 0);
  }
}
