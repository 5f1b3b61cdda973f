package org.anabranch.spark.job;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Settings of somebody else, passed on as they are. Dots nest in HOCON, so that {@code
 * spark.executor.memory = 2g} arrives as sections, which become one key again.
 */
final class Entries implements ParameterType<SortedMap<String, String>> {
  /** What Spark itself hides by default (spark.redaction.regex). */
  private static final Pattern SECRET = Pattern.compile("(?i)secret|password|token|access[.]?key");

  @Override
  public SortedMap<String, String> read(ConfigValue value) throws Unfit {
    if (!(value instanceof ConfigObject object)) {
      throw new Unfit("a section of keys and values");
    }
    SortedMap<String, String> entries = new TreeMap<>();
    collect("", object, entries);
    return Collections.unmodifiableSortedMap(entries);
  }

  private static void collect(String prefix, ConfigObject object, Map<String, String> entries)
      throws Unfit {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String key = prefix + entry.getKey();
      if (entry.getValue() instanceof ConfigObject section) {
        collect(key + ".", section, entries);
      } else if (entry.getValue().valueType() == ConfigValueType.LIST) {
        throw new Unfit("a section of keys and values, and %s is a list".formatted(key));
      } else if (entry.getValue().valueType() != ConfigValueType.NULL) {
        entries.put(key, String.valueOf(entry.getValue().unwrapped()));
      }
    }
  }

  @Override
  public String write(SortedMap<String, String> value) {
    return value.entrySet().stream()
        .map(
            entry ->
                ConfigUtil.quoteString(entry.getKey())
                    + " = "
                    + ConfigUtil.quoteString(entry.getValue()))
        .collect(Collectors.joining(", ", "{ ", " }"))
        .replace("{  }", "{}");
  }

  @Override
  public SortedMap<String, String> withoutSecrets(SortedMap<String, String> value) {
    SortedMap<String, String> entries = new TreeMap<>(value);
    entries.replaceAll((key, text) -> SECRET.matcher(key).find() ? "<redacted>" : text);
    return Collections.unmodifiableSortedMap(entries);
  }

  @Override
  public String writeNames(ConfigValue names) {
    try {
      return write(withoutSecrets(read(names)));
    } catch (Unfit e) {
      throw new AssertionError("names have another structure than values", e);
    }
  }

  @Override
  public String name() {
    return "section";
  }

  @Override
  public String range() {
    return "";
  }
}
