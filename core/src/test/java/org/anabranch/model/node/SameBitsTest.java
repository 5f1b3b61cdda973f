package org.anabranch.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One training run in virtual machines that compile differently, on vectors of different width and
 * on none, in float32 and in float64: the parameters have the same hash as in this machine.
 */
class SameBitsTest {
  private static final String VECTOR = "--add-modules=jdk.incubator.vector";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xint",
        "-XX:TieredStopAtLevel=1",
        "-Danabranch.kernels=scalar",
        "-Danabranch.kernels=4",
        "-Danabranch.kernels=8",
        "-Danabranch.kernels=16",
        "-XX:-TieredCompilation",
        "no vector module"
      })
  void theseOptionsChangeNoBit(String option) throws Exception {
    Assumptions.assumeTrue(
        !option.startsWith("-Danabranch.kernels=") || isAvailable(option),
        () -> "skipped: this machine has no such lanes: " + option);
    boolean plain = option.equals("no vector module");
    List<String> options = plain ? List.of() : List.of(VECTOR, option);
    assertThat(hashes(Path.of(System.getProperty("java.home")), options)).isEqualTo(here());
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 21, 25})
  void otherReleasesOfJavaChangeNoBit(int release) throws Exception {
    Optional<Path> home = installed(release);
    Assumptions.assumeTrue(home.isPresent(), () -> "skipped: no JDK " + release + " installed");
    assertThat(hashes(home.orElseThrow(), List.of(VECTOR))).isEqualTo(here());
  }

  private static List<String> here() throws IOException {
    return TinyTraining.hashes(1, 3).lines().toList();
  }

  private static boolean isAvailable(String option) throws Exception {
    if (!option.matches(".*=\\d+")) {
      return true;
    }
    List<String> lines = run(Path.of(System.getProperty("java.home")), List.of(VECTOR, option));
    return lines.stream().noneMatch(line -> line.contains("this machine has at most"));
  }

  private static List<String> hashes(Path home, List<String> options) throws Exception {
    List<String> lines = run(home, options);
    List<String> hashes = lines.stream().filter(line -> line.contains(" parameters ")).toList();
    assertThat(hashes).as("%s", lines).hasSize(2);
    return hashes;
  }

  private static List<String> run(Path home, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TinyTraining.class.getName());
    command.addAll(List.of("2", "3"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return output.lines().toList();
  }

  /** A JDK of the release beside this one. */
  private static Optional<Path> installed(int release) throws IOException {
    Path here = Path.of(System.getProperty("java.home")).toRealPath();
    List<Path> candidates = new ArrayList<>(List.of(here));
    for (Path folder : List.of(here.resolveSibling("."), Path.of("/usr/lib/jvm"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> siblings = Files.list(folder)) {
          siblings.forEach(candidates::add);
        }
      }
    }
    for (Path candidate : candidates) {
      Path text = candidate.resolve("release");
      if (Files.isExecutable(candidate.resolve("bin/java"))
          && Files.isReadable(text)
          && Files.readString(text).contains("JAVA_VERSION=\"" + release + ".")) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
