package org.anabranch.spark.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Backends;

/** Where a run's result comes from, for {@code provenance.json}. */
final class Provenance {
  private Provenance() {}

  static Map<String, Object> of(
      TrainingConfiguration configuration,
      RunOptions options,
      PackedData data,
      int partitions,
      String master,
      String fingerprint) {
    BuildVersion build = new BuildVersion();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("anabranch", Map.of("version", build.version(), "commit", build.commit()));
    all.put("commandLine", options.commandLine());
    all.put("fingerprint", fingerprint);
    all.put("configurationFingerprint", configuration.fingerprint());
    all.put("dataFingerprint", data.fingerprint());
    all.put("numericsId", Backends.named(backendName(configuration)).numericsId());
    all.put("kernels", SimdBackend.describe());
    all.put("seed", configuration.seed());
    all.put("splitSeed", configuration.data().splitSeed());
    all.put("trainSamples", data.trainSamples());
    all.put("testSamples", data.testSamples());
    all.put("samplesOfClass", List.copyOf(data.samplesOfClass()));
    all.put("badRecords", data.bad().total());
    all.put("master", master);
    all.put("partitions", partitions);
    all.put("java", property("java.version") + ", " + property("java.vm.name"));
    all.put("spark", Libraries.spark());
    all.put("hadoop", Libraries.hadoop());
    all.put("platform", property("os.name") + " " + property("os.arch"));
    all.put("cores", Runtime.getRuntime().availableProcessors());
    return all;
  }

  static String backendName(TrainingConfiguration configuration) {
    return switch (configuration.backend()) {
      case SIMD -> "simd";
      case REFERENCE -> "reference";
    };
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
