package org.anabranch.spark.job;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;

/** A list of counts: {@code [64, 64]} in a file; {@code 64,64} will do on the command line. */
final class WholeNumbers implements ParameterType<List<Integer>> {
  private final Bounds bounds;

  WholeNumbers(Bounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public List<Integer> read(ConfigValue value) throws Unfit {
    ParameterType<Integer> element = Scalar.count(bounds);
    List<Integer> numbers = new ArrayList<>();
    for (ConfigValue item : items(value)) {
      try {
        numbers.add(element.read(item));
      } catch (Unfit e) {
        throw new Unfit("a list of whole numbers, each " + bounds);
      }
    }
    return List.copyOf(numbers);
  }

  private static List<? extends ConfigValue> items(ConfigValue value) {
    if (value.valueType() == ConfigValueType.LIST) {
      return (ConfigList) value;
    }
    if (value.valueType() != ConfigValueType.STRING) {
      return List.of(value);
    }
    String text = ((String) value.unwrapped()).strip();
    String inside =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    return inside.isBlank()
        ? List.of()
        : List.of(inside.split(",", -1)).stream()
            .map(item -> ConfigValueFactory.fromAnyRef(item.strip()))
            .toList();
  }

  @Override
  public String write(List<Integer> value) {
    return value.toString();
  }

  @Override
  public String name() {
    return "list of whole numbers";
  }

  @Override
  public String range() {
    return "each " + bounds;
  }
}
