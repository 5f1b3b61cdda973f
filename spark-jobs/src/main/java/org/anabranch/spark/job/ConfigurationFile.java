package org.anabranch.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration as text: read, its includes followed, its substitutions not yet resolved.
 *
 * @param shown the path as the user wrote it
 * @param folder where it lies
 */
record ConfigurationFile(Path shown, Path folder, Config content) {
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??([^}]*)}");
  private static final Pattern HINT =
      Pattern.compile("(?s)[ (]*\\(?(if you intended|perhaps|Reserved).*");

  /**
   * @throws Mistake if there is no such file, or it is not HOCON
   */
  static ConfigurationFile read(Path workingFolder, Path shown) {
    Path file = workingFolder.resolve(shown);
    require(
        Files.exists(file),
        shown,
        "there is no such file. Check the path; conf/digits.conf is one to start from.");
    require(!Files.isDirectory(file), shown, "it is a folder. Name the configuration in it.");
    require(Files.isReadable(file), shown, "it may not be read. Check its permissions.");
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new AssertionError("a file without a folder: " + file);
    }
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setSyntax(ConfigSyntax.CONF)
            .setAllowMissing(false)
            .setOriginDescription(shown.toString())
            .setIncluder(new BesideIncluder(folder, shown));
    try {
      Config content = ConfigFactory.parseFile(file.toFile(), options);
      require(!content.root().isEmpty(), shown, "it is empty. Start from conf/digits.conf.");
      return new ConfigurationFile(shown, folder, content);
    } catch (ConfigException e) {
      throw mistake(e, shown);
    }
  }

  /** A library's exception in our words. */
  static Mistake mistake(ConfigException e, Path shown) {
    ConfigOrigin origin = e.origin();
    Place place = origin == null ? new Place(shown.toString(), 0) : Place.of(origin);
    String message = String.valueOf(e.getMessage());
    if (e instanceof ConfigException.UnresolvedSubstitution) {
      Matcher matcher = SUBSTITUTION.matcher(message);
      String name = matcher.find() ? matcher.group(1) : "?";
      return new Mistake(
          "%s: ${%s} is neither an environment variable nor a key of this file. Set it, or write ${?%s} where it may be left out."
              .formatted(place, name, name),
          e);
    }
    String described = origin == null ? "" : origin.description() + ": ";
    String fact = message.startsWith(described) ? message.substring(described.length()) : message;
    fact = HINT.matcher(fact).replaceFirst("").strip();
    fact = fact.endsWith(".") ? fact.substring(0, fact.length() - 1) : fact;
    return new Mistake(
        "%s: it is not HOCON: %s. Check quotes, brackets and commas there and just before."
            .formatted(place, fact),
        e);
  }

  private static void require(boolean holds, Path shown, String sentences) {
    if (!holds) {
      throw new Mistake(shown + ": " + sentences);
    }
  }
}
