package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anabranch.train.Evaluation;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Terminal WATCHED = new Terminal(true, true, true, 100);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void aLogHasWholeLinesAtTheFirstRoundAtIntervalsAndAtTheLast() {
    try (Progress progress = new ProgressLog(stream, Duration.ofSeconds(10))) {
      for (int round = 1; round <= 30; round++) {
        progress.round(round, 30, 2.0 / round, 0.5, 128L * round, round);
      }
      progress.evaluated(30, new Evaluation(2, 4, 3, List.of(List.of(2L, 0L), List.of(1L, 1L))));
      progress.warning("A sentence.");
    }
    assertThat(text().lines())
        .containsExactly(
            "round 1 of 30: loss 2.0000, accuracy 50.0 %, 128 samples/s",
            "round 11 of 30: loss 0.1818, accuracy 50.0 %, 128 samples/s, 0:19 left",
            "round 21 of 30: loss 0.0952, accuracy 50.0 %, 128 samples/s, 0:09 left",
            "round 30 of 30: loss 0.0667, accuracy 50.0 %, 128 samples/s",
            "round 30: test loss 0.5000, test accuracy 75.0 %",
            "warning: A sentence.");
  }

  @Test
  void aRunThatGoesOnEstimatesFromItsOwnRounds() {
    try (Progress progress = new ProgressLog(stream, Duration.ZERO)) {
      progress.round(101, 200, 1, 0.5, 128, 1);
      progress.round(102, 200, 1, 0.5, 256, 2);
    }
    assertThat(text()).contains("round 102 of 200", "1:38 left");
  }

  @Test
  void nothingWithoutTestDataIsShownAsAnEvaluation() {
    try (Progress progress = new ProgressLog(stream, Duration.ZERO)) {
      progress.evaluated(1, Evaluation.none(2));
    }
    assertThat(text()).isEmpty();
  }

  @Test
  void aWatchedRunHasABarWithEverythingWithinTheWidth() {
    try (Progress progress = Progress.on(WATCHED, stream, "digits")) {
      progress.evaluated(1, new Evaluation(2, 4, 3, List.of(List.of(2L, 0L), List.of(1L, 1L))));
      progress.round(1, 2, 0.25, 0.5, 25_600, 1);
      progress.warning("A sentence.");
      progress.round(2, 2, 0.125, 0.75, 51_200, 2);
    }
    assertThat(text())
        .contains(
            "digits",
            "100%",
            "loss 0.125",
            "acc 75.0 %",
            "test 75.0 %",
            "25.6k/s",
            "warning: A sentence.");
    assertThat(text().split("[\r\n]"))
        .allSatisfy(
            line ->
                assertThat(line.replaceAll("\u001b\\[[0-9;]*[a-zA-Z]", "").length())
                    .isLessThan(100));
  }

  @Test
  void aNarrowTerminalShowsWhatItHasRoomFor() {
    try (Progress progress = Progress.on(new Terminal(true, true, true, 80), stream, "digits")) {
      progress.evaluated(1, new Evaluation(2, 4, 3, List.of(List.of(2L, 0L), List.of(1L, 1L))));
      progress.round(1000, 1000, 0.25, 1, 25_600, 1);
    }
    assertThat(text()).contains("loss 0.250", "acc 100.0 %", "25.6k/s").doesNotContain("test");
  }

  @Test
  void coloursAndBarsAreForTerminalsOnly() {
    assertThat(Terminal.of(Map.of("TERM", "xterm", "LANG", "en_GB.UTF-8"), false))
        .isEqualTo(new Terminal(false, false, true, 80));
    assertThat(Terminal.of(Map.of("TERM", "xterm", "CI", "true"), true).interactive()).isFalse();
    assertThat(Terminal.of(Map.of("TERM", "dumb"), true).interactive()).isFalse();
    assertThat(Terminal.of(Map.of(), true).interactive()).isFalse();
    Terminal terminal = Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", "1", "LANG", "C"), true);
    assertThat(terminal.interactive()).isTrue();
    assertThat(terminal.colours()).isFalse();
    assertThat(terminal.unicode()).isFalse();
    assertThat(Terminal.of(Map.of("TERM", "xterm", "LC_ALL", "C.utf8"), true).unicode()).isTrue();
    assertThat(Progress.on(terminal, stream, "x")).isInstanceOf(ProgressLine.class);
    assertThat(Progress.on(new Terminal(false, false, true, 80), stream, "x"))
        .isInstanceOf(ProgressLog.class);
  }

  @Test
  void figuresAreForPeople() {
    assertThat(Progress.quantity(999)).isEqualTo("999");
    assertThat(Progress.quantity(12_345)).isEqualTo("12.3k");
    assertThat(Progress.quantity(2_500_000)).isEqualTo("2.5M");
    assertThat(Progress.clock(5)).isEqualTo("0:05");
    assertThat(Progress.clock(3_909)).isEqualTo("1:05:09");
    assertThat(Progress.percent(Double.NaN)).isEqualTo("?");
  }

  @Test
  void theLastLinesHaveTheResult() {
    String text =
        new FinalSummary(
                Map.of(
                    "name",
                    "digits",
                    "rounds",
                    660,
                    "samples",
                    86_280,
                    "seconds",
                    20.5,
                    "failures",
                    0,
                    "parametersSha256",
                    "0123456789abcdef",
                    "metrics",
                    Map.of("test.accuracy", 0.975, "test.loss", 0.1)),
                "runs/digits")
            .text();
    assertThat(text.lines())
        .containsExactly(
            "digits: test accuracy 97.50 %, test loss 0.1000",
            "660 rounds, 86280 samples, 0:21 (4209 samples/s)",
            "parameters 0123456789ab...",
            "results in runs/digits");
    assertThat(new FinalSummary(Map.of("name", "x", "failures", 3), "y").text())
        .contains("x: no test data", "3 samples failed and were left out");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
