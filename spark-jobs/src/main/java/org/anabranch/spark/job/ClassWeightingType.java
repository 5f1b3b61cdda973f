package org.anabranch.spark.job;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;

/** {@code none}, {@code balanced}, or {@code [1, 2.5]}; {@code 1,2.5} on the command line. */
final class ClassWeightingType implements ParameterType<ClassWeighting> {
  private static final String NONE = "none";
  private static final String BALANCED = "balanced";

  @Override
  public ClassWeighting read(ConfigValue value) throws Unfit {
    if (value.valueType() == ConfigValueType.LIST) {
      return list((ConfigList) value);
    }
    String text = String.valueOf(value.unwrapped()).strip();
    return switch (text) {
      case NONE -> ClassWeighting.none();
      case BALANCED -> new ClassWeighting(true, List.of());
      default -> list(items(text));
    };
  }

  private static List<ConfigValue> items(String text) {
    String inside =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    List<ConfigValue> items = new ArrayList<>();
    for (String item : List.of(inside.split(",", -1))) {
      items.add(ConfigValueFactory.fromAnyRef(item.strip()));
    }
    return items;
  }

  private static ClassWeighting list(List<? extends ConfigValue> items) throws Unfit {
    ParameterType<Double> element = Scalar.number(Bounds.above(0));
    List<Double> weights = new ArrayList<>();
    try {
      for (ConfigValue item : items) {
        weights.add(element.read(item));
      }
    } catch (Unfit e) {
      throw new Unfit("none, balanced, or a list of numbers above 0");
    }
    return new ClassWeighting(false, weights);
  }

  @Override
  public String write(ClassWeighting value) {
    if (value.balanced()) {
      return BALANCED;
    }
    return value.written().isEmpty() ? NONE : value.written().toString();
  }

  @Override
  public String name() {
    return "none, balanced or a list of numbers";
  }

  @Override
  public String range() {
    return "each above 0";
  }
}
