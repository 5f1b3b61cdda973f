package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits whatever the lanes, the compiler and the Java: each in a machine of its own. */
class KernelFingerprintTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final String EXPECTED = KernelFingerprint.of(new ScalarKernels());

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void lanesDoNotChangeTheBits(int lanes) {
    assumeTrue(
        lanes <= Lanes.preferred(),
        "skipped: %d lanes are more than this machine's %d".formatted(lanes, Lanes.preferred()));
    assertThat(fingerprint(here(), 60, MODULE, "-Danabranch.kernels=" + lanes)).isEqualTo(EXPECTED);
  }

  @Test
  void theInterpreterGivesTheBitsOfTheCompiler() {
    assertThat(fingerprint(here(), 0, MODULE, "-Xint", "-Danabranch.kernels=scalar"))
        .isEqualTo(EXPECTED);
    assertThat(fingerprint(here(), 0, MODULE, "-Xint", "-Danabranch.kernels=4"))
        .isEqualTo(EXPECTED);
  }

  @Test
  void theFirstCompilerGivesTheBitsOfTheSecond() {
    String first = "-XX:TieredStopAtLevel=1";
    assertThat(fingerprint(here(), 20, MODULE, first, "-Danabranch.kernels=scalar"))
        .isEqualTo(EXPECTED);
    assertThat(fingerprint(here(), 0, MODULE, first, "-Danabranch.kernels=4")).isEqualTo(EXPECTED);
  }

  @Test
  void withoutTheModuleTheScalarKernelsRunAndGiveTheSameBits() {
    assertThat(fingerprint(here(), 0)).isEqualTo(EXPECTED);
  }

  @Test
  void anotherJavaGivesTheSameBits() {
    Optional<Path> other = otherJava();
    assumeTrue(
        other.isPresent(), "skipped: no second Java from 17 on beside " + here().getParent());
    assertThat(fingerprint(other.orElseThrow(), 60, MODULE)).isEqualTo(EXPECTED);
    assertThat(fingerprint(other.orElseThrow(), 60, MODULE, "-Danabranch.kernels=4"))
        .isEqualTo(EXPECTED);
  }

  private static Path here() {
    return Path.of(System.getProperty("java.home"));
  }

  /** A Java of another feature version from 17 on, installed beside this one. */
  private static Optional<Path> otherJava() {
    try (Stream<Path> homes = Files.list(here().toRealPath().getParent())) {
      return homes
          .sorted()
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> version(home) >= 17 && version(home) != Runtime.version().feature())
          .reduce((first, second) -> second);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The feature version that the release file of a Java names; 0 without one. */
  private static int version(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION=\""))
          .map(line -> line.replaceAll("\\D*(\\d+).*", "$1"))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static String fingerprint(Path home, int rounds, String... options) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KernelFingerprint.class.getName(), String.valueOf(rounds)));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this test", e);
    }
  }
}
