package org.anabranch.spark.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.anabranch.train.RunFolder;
import org.jspecify.annotations.Nullable;

/**
 * {@code provenance.json}: what made the results. What must not change when a run goes on
 * (settings, data, numerics) is held against what the run started with.
 */
final class Provenance {
  private final RunFolder folder;
  private final Map<String, Object> content;

  private Provenance(RunFolder folder, Map<String, Object> content) {
    this.folder = folder;
    this.content = content;
  }

  /** Of a run that starts. */
  static Provenance start(RunFolder folder, TrainingConfiguration configuration, RunOptions options)
      throws IOException {
    Map<String, Object> content = process(options);
    content.put("settings", settings(configuration.settings()));
    content.put("settingsSha256", configuration.fingerprint());
    content.put("resumed", new ArrayList<>());
    return new Provenance(folder, content).written();
  }

  /**
   * Of a run that goes on.
   *
   * @throws Mistake if settings differ that have a part in the result
   */
  static Provenance resume(
      RunFolder folder, TrainingConfiguration configuration, RunOptions options)
      throws IOException {
    Map<String, Object> content = Json.object(folder.read(RunFiles.PROVENANCE));
    if (!configuration.fingerprint().equals(content.get("settingsSha256"))) {
      throw new Mistake(
          "%s: --resume would go on with other settings: %s. Restore them, or give --overwrite, or another --out."
              .formatted(folder.location(), differences(content, configuration.settings())));
    }
    list(content, "resumed").add(process(options));
    return new Provenance(folder, content).written();
  }

  /** What was recorded as that before; empty if nothing was. */
  Optional<String> identity(String key) {
    return Optional.ofNullable(content.get(key)).map(Object::toString);
  }

  /**
   * Records what a result hangs on beside the settings: {@code dataFingerprint}, {@code
   * numericsId}.
   *
   * @throws Mistake if the run that goes on had another value
   */
  void identify(String key, String value) throws IOException {
    Object before = content.putIfAbsent(key, value);
    if (before != null && !before.equals(value)) {
      throw new Mistake(
          "%s: --resume would go on with another %s: it was %s and is %s. Restore it, or give --overwrite, or another --out."
              .formatted(folder.location(), key, before, value));
    }
    written();
  }

  /** Records what is good to know and may change. */
  void note(String key, Object value) throws IOException {
    content.put(key, value);
    written();
  }

  private Provenance written() throws IOException {
    folder.write(RunFiles.PROVENANCE, Json.document(content));
    return this;
  }

  private static Map<String, Object> process(RunOptions options) {
    BuildVersion build = new BuildVersion();
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("program", RunFiles.PROGRAM);
    process.put("version", build.version());
    process.put("commit", build.commit());
    process.put("started", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    process.put("commandLine", options.commandLine());
    process.put("java", properties("java.version", "java.vendor", "java.vm.name", "java.vm.info"));
    process.put("spark", Libraries.spark());
    process.put("hadoop", Libraries.hadoop());
    process.put("system", properties("os.name", "os.version", "os.arch"));
    process.put("processor", processor());
    process.put("processors", Runtime.getRuntime().availableProcessors());
    process.put("float32Lanes", KernelProbe.preferred().orElse(1));
    return process;
  }

  private static Map<String, String> properties(String... keys) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String key : keys) {
      properties.put(key, System.getProperty(key, ""));
    }
    return properties;
  }

  /** The processor's name where Linux gives one. */
  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static Map<String, Object> settings(List<Setting> settings) {
    Map<String, Object> recorded = new LinkedHashMap<>();
    for (Setting setting : settings) {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("value", setting.recorded());
      entry.put("from", setting.place().toString());
      recorded.put(setting.key(), entry);
    }
    return recorded;
  }

  private static String differences(Map<String, Object> content, List<Setting> settings) {
    List<String> differences = new ArrayList<>();
    Map<String, Object> before = map(content, "settings");
    for (Setting setting : settings) {
      Object entry = before.get(setting.key());
      Object value = entry instanceof Map<?, ?> recorded ? recorded.get("value") : null;
      if (setting.effect() == Parameter.Effect.RESULT
          && !Objects.equals(value, setting.recorded())) {
        differences.add(
            "%s was %s and is %s (%s)"
                .formatted(setting.key(), value, setting.recorded(), setting.place()));
      }
    }
    return differences.isEmpty()
        ? "one that comes from the environment has another value"
        : String.join("; ", differences);
  }

  // Jackson reads every object as a map by text; what is not there yet is added.
  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> object, String key) {
    return (Map<String, Object>) object.computeIfAbsent(key, absent -> new LinkedHashMap<>());
  }

  // Likewise for lists.
  @SuppressWarnings("unchecked")
  private static List<@Nullable Object> list(Map<String, Object> object, String key) {
    return (List<@Nullable Object>) object.computeIfAbsent(key, absent -> new ArrayList<>());
  }
}
