package org.anabranch.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a configuration and checks it as a whole, before anything is started: all that is wrong is
 * told together. Reads the file and those that it includes; writes nothing.
 */
final class ConfigurationReader {
  private final Environment environment;
  private final Path workingFolder;

  /**
   * @param workingFolder where relative paths start, that of the configuration included
   */
  ConfigurationReader(Environment environment, Path workingFolder) {
    this.environment = environment;
    this.workingFolder = workingFolder.toAbsolutePath().normalize();
  }

  static ConfigurationReader ofProcess() {
    return new ConfigurationReader(Environment.ofProcess(), Path.of(""));
  }

  /**
   * @param overridings win over the file; of two with one key, the later
   * @throws Mistake with a line for everything that is wrong
   */
  TrainingConfiguration read(Path file, List<Overriding> overridings) {
    ConfigurationFile source = ConfigurationFile.read(workingFolder, file);
    Config merged = overridden(source.content(), overridings);
    SectionReader reader = new SectionReader(file);
    try {
      reader.read(
          merged.resolve(environment.values()).root(), merged.resolve(environment.names()).root());
    } catch (ConfigException e) {
      throw ConfigurationFile.mistake(e, file);
    }
    Readings readings = reader.readings();
    List<Complaint> complaints = new ArrayList<>(reader.complaints());
    complaints.addAll(Contradictions.in(readings));
    if (!complaints.isEmpty()) {
      throw Mistake.of(complaints);
    }
    return new Assembly(readings, new Locations(source, workingFolder)).configuration();
  }

  private static Config overridden(Config content, List<Overriding> overridings) {
    Config result = content;
    for (Overriding overriding : overridings) {
      String source = overriding.source();
      ConfigValue value = ConfigValueFactory.fromAnyRef(overriding.value(), source);
      List<String> names = List.of(overriding.key().split("\\.", -1));
      // From the innermost section outwards, so that each of them has the origin as well.
      for (int i = names.size() - 1; i >= 0; i--) {
        value = ConfigValueFactory.fromMap(Map.of(names.get(i), value), source);
      }
      result = ((ConfigObject) value).toConfig().withFallback(result);
    }
    return result;
  }
}
