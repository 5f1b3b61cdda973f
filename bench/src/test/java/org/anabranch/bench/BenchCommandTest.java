package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
  private static final int FAILURE = 1;
  private static final int MISTAKE = 2;

  private final StringWriter complaint = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = BenchCommand.commandLine();
    commandLine.setErr(new PrintWriter(complaint));
    return commandLine.execute(arguments);
  }

  @Test
  void aCaseOfAWidthAsksForIt() {
    assertThat(run("w5-mali-width")).isEqualTo(MISTAKE);
    assertThat(complaint.toString()).contains("--width");
    assertThat(run("w5-rk4-width", "--width", "0")).isEqualTo(MISTAKE);
    assertThat(complaint.toString()).contains("The width is 0; use at least 1.");
  }

  @Test
  void aProfileIsNoJson() {
    assertThat(run("w5-mali-fixed", "--profile", "1", "--json")).isEqualTo(MISTAKE);
    assertThat(complaint.toString()).contains("--profile prints Markdown");
  }

  /** Rounding errors of float32 alone are larger than such a tolerance. */
  @Test
  void samplesThatAreNotSolvedAreNoMeasurement() {
    String[] case3 = {
      "w5-mali-adaptive", "--tolerance", "1e-12", "--warm-up", "0", "--repeat", "1"
    };
    assertThat(run(case3)).isEqualTo(FAILURE);
    assertThat(complaint.toString())
        .contains("a sample was not solved: at t = 0.0 the step size fell to")
        .contains("Use a larger --tolerance");
  }
}
