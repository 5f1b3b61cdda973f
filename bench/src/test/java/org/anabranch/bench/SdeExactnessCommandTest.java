package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SdeExactnessCommandTest {
  private static final int MISTAKE = 2;

  @TempDir Path folder;

  private final StringWriter complaint = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = BenchCommand.commandLine();
    commandLine.setErr(new PrintWriter(complaint));
    return commandLine.execute(arguments);
  }

  private String printed(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    System.setOut(new PrintStream(taken, true, StandardCharsets.UTF_8));
    try {
      assertThat(run(arguments)).isZero();
    } finally {
      System.setOut(before);
    }
    return taken.toString(StandardCharsets.UTF_8);
  }

  @Test
  void undoneStepsGiveTheirGradientAndTheAdjointNearsIt() throws IOException {
    JsonNode errors =
        new ObjectMapper().readTree(printed("w8b", "--steps", "2,32", "--json")).get("errors");
    for (String steps : new String[] {"2", "32"}) {
      assertThat(errors.get("reversible-heun, reversible").get(steps).asDouble()).isZero();
      assertThat(errors.get("reversible-heun-plain, reversible").get(steps).asDouble())
          .isLessThan(1e-14);
    }
    for (String way : new String[] {"midpoint, backsolve", "heun, backsolve"}) {
      double coarse = errors.get(way).get("2").asDouble();
      double fine = errors.get(way).get("32").asDouble();
      assertThat(coarse).as(way).isBetween(1e-3, 1e-1);
      assertThat(coarse / fine).as(way).isBetween(6.0, 60.0);
    }
  }

  @Test
  void peersStandBeside() throws IOException {
    Path file = folder.resolve("w8.jsonl");
    Files.writeString(
        file,
        """
        {"method": "td.adjoint", "T": 1.0, "alpha": 0.1, "rel_dz0": 1e-6}
        {"method": "midpoint", "k": 1, "rel_l1": 0.025}
        """);
    assertThat(printed("w8b", "--steps", "1,2", "--peers", file.toString()))
        .contains("| heun, backsolve | torchsde midpoint |\n")
        .containsPattern("\\| 1 \\| 0 \\|.* - \\|\n\\| 2 \\| 0 \\|.* 2\\.5e-02 \\|\n");
  }

  @Test
  void stepsThatEndWithinIntervalsOfThePathAreRefused() {
    assertThat(run("w8b", "--steps", "3")).isEqualTo(MISTAKE);
    assertThat(complaint.toString())
        .contains("3 steps: they go over paths of 1024 intervals. Use a divisor, such as 16.");
  }
}
