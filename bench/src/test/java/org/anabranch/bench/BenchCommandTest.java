package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
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
}
