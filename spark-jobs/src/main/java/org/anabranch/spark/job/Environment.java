package org.anabranch.spark.job;

import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables that {@code ${?NAME}} in a configuration may name. A configuration is resolved
 * twice: once with their values, to be used, and once with their names, which is what messages,
 * logs and files show.
 *
 * @param variables gives null for one that is not set
 */
record Environment(Function<String, @Nullable String> variables) {
  private static final String SOURCE = "environment variable ";
  private static final Pattern WHOLE = Pattern.compile("\"<from environment variable ([^>]*)>\"");
  private static final Pattern PART = Pattern.compile("<from environment variable ([^>]*)>");

  static Environment ofProcess() {
    return new Environment(System::getenv);
  }

  static boolean isSource(Place place) {
    return place.source().startsWith(SOURCE);
  }

  ConfigResolveOptions values() {
    return resolving(variables);
  }

  ConfigResolveOptions names() {
    return resolving(
        name -> variables.apply(name) == null ? null : "<from environment variable " + name + ">");
  }

  /** HOCON in which every part that came from a variable is its substitution again. */
  static String substitutions(String hocon) {
    String whole = WHOLE.matcher(hocon).replaceAll("\\${$1}");
    return PART.matcher(whole).replaceAll("\"\\${$1}\"");
  }

  private static ConfigResolveOptions resolving(Function<String, @Nullable String> variables) {
    return ConfigResolveOptions.defaults()
        .setUseSystemEnvironment(false)
        .appendResolver(new Lookup(variables));
  }

  private record Lookup(Function<String, @Nullable String> variables) implements ConfigResolver {
    // The library's own contract is null for "not here"; it carries no annotations.
    @SuppressWarnings("NullAway")
    @Override
    public ConfigValue lookup(String name) {
      String value = variables.apply(name);
      return value == null ? null : ConfigValueFactory.fromAnyRef(value, SOURCE + name);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
