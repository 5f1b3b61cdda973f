package org.anabranch.spark.job;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Walks through a resolved configuration, reads what is declared and complains of the rest. */
final class SectionReader {
  private static final int SHOWN = 60;

  private final Path file;
  private final Map<String, Parameter<?>> parameters = new LinkedHashMap<>();
  private final Collection<String> sections = new TreeSet<>();
  private final Readings readings = new Readings();
  private final List<Complaint> complaints = new ArrayList<>();

  SectionReader(Path file) {
    this.file = file;
    for (Parameter<?> parameter : Settings.all()) {
      parameters.put(parameter.key(), parameter);
      if (!parameter.section().isEmpty()) {
        sections.add(parameter.section());
      }
    }
  }

  /**
   * @param names the same, with the names of environment variables in place of their values
   */
  void read(ConfigObject values, ConfigObject names) {
    walk("", values, names);
    for (Parameter<?> parameter : parameters.values()) {
      settle(parameter, values);
    }
  }

  Readings readings() {
    return readings;
  }

  List<Complaint> complaints() {
    return complaints;
  }

  private void walk(String prefix, ConfigObject values, ConfigObject names) {
    for (Map.Entry<String, ConfigValue> entry : values.entrySet()) {
      String key = prefix + entry.getKey();
      ConfigValue value = entry.getValue();
      ConfigValue name = names.getOrDefault(entry.getKey(), value);
      Parameter<?> parameter = parameters.get(key);
      if (parameter != null) {
        if (value.valueType() != ConfigValueType.NULL) {
          readOne(parameter, value, name);
        }
      } else if (!sections.contains(key)) {
        unknown(key, prefix, value);
      } else if (value instanceof ConfigObject section) {
        walk(key + ".", section, name instanceof ConfigObject named ? named : section);
      } else if (value.valueType() != ConfigValueType.NULL) {
        complain(
            value,
            "%s is %s; it must be a section".formatted(key, shown(name)),
            "Write %s { … } with settings inside.".formatted(key));
      }
    }
  }

  private <T> void readOne(Parameter<T> parameter, ConfigValue value, ConfigValue name) {
    try {
      T read = parameter.type().read(value);
      String written =
          name.equals(value)
              ? parameter.type().write(parameter.type().withoutSecrets(read))
              : Environment.substitutions(parameter.type().writeNames(name));
      readings.put(
          parameter,
          new Reading<>(read, shown(parameter, read, name, value), written, place(value)));
    } catch (Unfit unfit) {
      String example = "Write for example %s = %s.".formatted(parameter.key(), parameter.example());
      complain(
          value,
          "%s is %s; it must be %s".formatted(parameter.key(), shown(name), unfit.expected()),
          unfit.remedy().isEmpty() ? example : unfit.remedy());
    }
  }

  private <T> String shown(Parameter<T> parameter, T read, ConfigValue name, ConfigValue value) {
    return name.equals(value)
        ? parameter.type().write(parameter.type().withoutSecrets(read))
        : parameter.type().writeNames(name);
  }

  private <T> void settle(Parameter<T> parameter, ConfigObject values) {
    boolean absent = !values.toConfig().hasPath(parameter.key());
    if (!absent) {
      return;
    }
    parameter
        .standard()
        .ifPresent(
            standard ->
                readings.put(
                    parameter,
                    new Reading<>(
                        standard,
                        parameter.standardText(),
                        parameter.type().write(standard),
                        Place.standard())));
    if (parameter.isRequired() || isMissed(parameter)) {
      complaints.add(
          new Complaint(
              new Place(file.toString(), 0),
              parameter.key() + " is missing",
              "Write for example %s = %s.".formatted(parameter.key(), parameter.example())));
    }
  }

  /** Series alone have no labels; whoever writes no format has some. */
  private boolean isMissed(Parameter<?> parameter) {
    boolean labelled =
        !readings.has(Settings.DATA_FORMAT)
            || readings.value(Settings.DATA_FORMAT) != TrainingConfiguration.Format.SERIES;
    return labelled && parameter.equals(Settings.DATA_CLASSES);
  }

  private void unknown(String key, String prefix, ConfigValue value) {
    boolean section = value.valueType() == ConfigValueType.OBJECT;
    Optional<String> near =
        section ? Nearest.to(key, sections) : Nearest.key(key, parameters.keySet());
    String known =
        String.join(
            ", ",
            parameters.keySet().stream()
                .filter(candidate -> candidate.startsWith(prefix))
                .map(candidate -> candidate.substring(prefix.length()))
                .map(candidate -> candidate.replaceFirst("\\..*", ""))
                .distinct()
                .toList());
    complain(
        value,
        "%s is no setting".formatted(key),
        near.map("Did you mean %s?"::formatted)
            .orElse(
                (prefix.isEmpty()
                        ? "Known are "
                        : prefix.substring(0, prefix.length() - 1) + " has ")
                    + known
                    + "."));
  }

  private void complain(ConfigValue value, String fact, String remedy) {
    complaints.add(new Complaint(place(value), fact, remedy));
  }

  /** The place of a value; one merged of several lines counts as the file's. */
  private Place place(ConfigValue value) {
    Place place = Place.of(value.origin());
    return place.source().startsWith("merge of ") ? new Place(file.toString(), 0) : place;
  }

  private static String shown(ConfigValue value) {
    String text =
        value.valueType() == ConfigValueType.STRING
            ? (String) value.unwrapped()
            : value.render(ConfigRenderOptions.concise());
    String visible = text.isBlank() ? "\"" + text + "\"" : text;
    return visible.length() <= SHOWN ? visible : visible.substring(0, SHOWN) + "…";
  }
}
