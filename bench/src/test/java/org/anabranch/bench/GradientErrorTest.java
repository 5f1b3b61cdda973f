package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientErrorTest {
  @TempDir Path folder;

  @Test
  void undoneStepsCostTheGradientNothingOnTheGridAndSomethingWithout() {
    GradientError error = GradientError.of(200);
    assertThat(error.exact()).isZero();
    assertThat(error.plain()).isBetween(1e-8, 1e-2);
    assertThat(error.rounding()).isBetween(1e-9, 1e-4);
  }

  @Test
  void exactnessDrawsBothCharts() throws Exception {
    int code =
        BenchCommand.commandLine()
            .execute("exactness", "--steps", "2,20", "--svg", folder.toString());
    assertThat(code).isZero();
    assertThat(Files.readString(folder.resolve("exactness-memory.svg"))).contains("<svg");
    assertThat(Files.readString(folder.resolve("exactness-error.svg"))).contains("<svg");
  }
}
