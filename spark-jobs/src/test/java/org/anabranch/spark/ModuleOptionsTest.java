package org.anabranch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** Two places repeat what Spark tells its executors' Java: the tests' JVM and submit/anabranch. */
class ModuleOptionsTest {
  @Test
  void theCommandLineStartsJavaAsSparkStartsItsExecutors() throws IOException {
    Path script = Path.of(System.getProperty("basedir", "."), "..", "submit", "anabranch");
    List<String> lines = Files.readAllLines(script).stream().map(String::strip).toList();
    assertThat(lines).containsAll(optionsOfSpark());
  }

  @Test
  void testsRunAsSparkStartsItsExecutors() {
    assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
        .containsAll(optionsOfSpark());
  }

  /**
   * All but the one that stops Netty from checking whose certificate it was shown: no run in one
   * process needs that, and who does can say so in ANABRANCH_JAVA_OPTS.
   */
  private static List<String> optionsOfSpark() {
    return Stream.of(JavaModuleOptions.defaultModuleOptionArray())
        .map(String::strip)
        .filter(option -> !option.isEmpty())
        .filter(option -> !option.contains("defaultEndpointVerificationAlgorithm"))
        .toList();
  }
}
