package org.anabranch.spark.job;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A list of names: {@code [a, b]} in a file; {@code a,b} will do on the command line. */
final class Names implements ParameterType<List<String>> {
  private static final String EXPECTED = "a list of names, none empty and none twice";

  @Override
  public List<String> read(ConfigValue value) throws Unfit {
    List<String> names = items(value);
    boolean blank = names.stream().anyMatch(String::isBlank);
    if (blank || names.stream().distinct().count() < names.size()) {
      throw new Unfit(EXPECTED);
    }
    return names;
  }

  private static List<String> items(ConfigValue value) throws Unfit {
    if (value.valueType() == ConfigValueType.LIST) {
      List<String> names = new ArrayList<>();
      for (ConfigValue item : (ConfigList) value) {
        names.add(text(item));
      }
      return List.copyOf(names);
    }
    String text = text(value).strip();
    String inside =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    return inside.isBlank()
        ? List.of()
        : Arrays.stream(inside.split(",", -1)).map(String::strip).toList();
  }

  private static String text(ConfigValue value) throws Unfit {
    return switch (value.valueType()) {
      case STRING -> (String) value.unwrapped();
      case NUMBER, BOOLEAN -> value.render();
      case OBJECT, LIST, NULL -> throw new Unfit(EXPECTED);
    };
  }

  @Override
  public String write(List<String> value) {
    return value.stream().map(ConfigUtil::quoteString).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String name() {
    return "list of names";
  }

  @Override
  public String range() {
    return "none empty and none twice";
  }
}
