package org.anabranch.spark.job;

import static org.anabranch.spark.job.DigitsRun.assertDone;
import static org.anabranch.spark.job.DigitsRun.assertRefused;
import static org.anabranch.spark.job.DigitsRun.command;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.spark.job.DigitsRun.Ended;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a run that was trained by other settings than the file has. */
class CheckRunTest {
  private static final String DIGITS = "../conf/digits.conf";

  @TempDir static Path folder;
  private static DigitsRun run;

  @BeforeAll
  static void train() {
    run =
        DigitsRun.in(folder)
            .train("train.epochs=1", "solver.steps=4", "solver.damping=0.9", "model.hidden=[24]");
  }

  private static Ended check(String... more) {
    List<String> arguments = new ArrayList<>(List.of("check", DIGITS, "--samples", "2"));
    arguments.addAll(List.of("--run", run.location()));
    arguments.addAll(List.of(more));
    return command(arguments.toArray(String[]::new));
  }

  private static String note(String key, String own, String other) {
    return "%s is %s in %s and %s in %s; the run's is checked."
        .formatted(key, own, run.location(), other, DIGITS);
  }

  @Test
  void theRunsOwnConfigurationCountsAndDifferencesAreTold() {
    Ended ended = check();
    assertDone(ended);
    assertThat(ended.out())
        .contains("alf, 4 steps, gradient checkpointed")
        .contains("at the parameters of " + run.location())
        .contains("Note: " + note("solver.steps", "4", "8"))
        .contains("Note: " + note("solver.damping", "0.9", "1.0"))
        .doesNotContain("train.epochs");
  }

  @Test
  void theCommandLineWinsOverBothAndIsNoDifference() throws IOException {
    Ended ended =
        check(
            "solver.steps=8",
            "solver.damping=1",
            "solver.exact=true",
            "gradient=automatic",
            "--json");
    assertDone(ended);
    JsonNode certificate = new ObjectMapper().readTree(ended.out());
    assertThat(certificate.path("run").asText()).isEqualTo(run.location());
    assertThat(certificate.path("gradient").asText()).isEqualTo("reversible");
    assertThat(certificate.path("solvers").path(0).path("size").asText()).isEqualTo("8 steps");
    List<String> notes = new ArrayList<>();
    certificate.path("notes").forEach(one -> notes.add(one.asText()));
    assertThat(notes)
        .anyMatch(text -> text.startsWith("model.hidden is "))
        .noneMatch(text -> text.startsWith("solver."));
  }

  @Test
  void aModelThatIsNotTheRunsIsRefused() {
    assertRefused(
        check("model.hidden=[25]"), "the tensor 'field.0.weight'", "Use the files of one run");
  }
}
