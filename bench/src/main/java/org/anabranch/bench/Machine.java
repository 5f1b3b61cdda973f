package org.anabranch.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.backend.simd.CorePeak;
import org.anabranch.backend.simd.SimdBackend;
import org.jspecify.annotations.Nullable;

/** What measured: the figures of one machine say nothing of another. */
record Machine(String java, String kernels, int lanes, String processor, int processors) {
  static Machine here() {
    return new Machine(
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        SimdBackend.describe(),
        CorePeak.kernelLanes(),
        processorName(),
        Runtime.getRuntime().availableProcessors());
  }

  /** For JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("java", java);
    map.put("kernels", kernels);
    map.put("lanes", lanes);
    map.put("processor", processor);
    map.put("processors", processors);
    return map;
  }

  /** For people. */
  String sentence() {
    return "%s; kernels: %s; %s, %d processors.".formatted(java, kernels, processor, processors);
  }

  /**
   * The most memory that this process has occupied, in bytes; null where the system does not say.
   */
  static @Nullable Long peakResidentBytes() {
    String kilobytes = line("/proc/self/status", "VmHWM:").replaceAll("[^0-9]", "");
    return kilobytes.isEmpty() ? null : Long.parseLong(kilobytes) * 1024;
  }

  private static String processorName() {
    String name = line("/proc/cpuinfo", "model name").replaceFirst("^\\s*:\\s*", "");
    String family = line("/proc/cpuinfo", "cpu family").replaceFirst("^\\s*:\\s*", "");
    String model = line("/proc/cpuinfo", "model\t").replaceFirst("^\\s*:\\s*", "");
    return name.isEmpty()
        ? System.getProperty("os.arch")
        : "%s (family %s, model %s)".formatted(name, family, model);
  }

  /** What stands behind a key, in the first line that begins with it; empty if there is none. */
  private static String line(String file, String key) {
    try (var lines = Files.lines(Path.of(file), StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith(key))
          .findFirst()
          .map(line -> line.substring(key.length()).strip())
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
