package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.train.Pipeline;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The check of conf/digits.conf, by the whole command. */
class CheckCommandTest {
  private static final String DIGITS =
      Path.of("").toAbsolutePath().getParent().resolve("conf/digits.conf").toString();

  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();

  private int execute(CommandLine commandLine, String... arguments) {
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(error, true));
    return commandLine.execute(arguments);
  }

  private int check(String... more) {
    List<String> arguments = new ArrayList<>(List.of("check", DIGITS, "--samples", "4"));
    arguments.addAll(List.of(more));
    return execute(
        Anabranch.commandLine((configuration, options) -> 0), arguments.toArray(String[]::new));
  }

  @Test
  void digitsAreCertifiedWithFiguresAndAdvice() {
    assertThat(check()).as(error.toString()).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("at first parameters")
        .contains("digits: 4 samples, 21,674 parameters; alf, 8 steps, gradient reversible")
        .contains("field.0.weight", "to direct", "to reference", "to finite differences")
        .contains("derivatives, each against the slope of its own operation: right")
        .containsPattern("\\* alf +8 steps +\\d\\.\\de-0[34] +9 ")
        .contains("solver.method = ", "gradient = reversible")
        .endsWith("The gradient is certified.\n");
  }

  @Test
  void programsGetEveryFigureOnOneLine() throws Exception {
    int code =
        check("--json", "solver.method=dopri5", "solver.stepping=adaptive", "precision=float64");
    assertThat(code).as(error.toString()).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines()).hasSize(1);
    JsonNode certificate = new ObjectMapper().readTree(out.toString());
    assertThat(certificate.path("passes").asBoolean()).isTrue();
    assertThat(certificate.path("gradient").asText()).isEqualTo("checkpointed");
    assertThat(certificate.path("slopeRoute").asText()).isEqualTo("forward sensitivities");
    assertThat(certificate.path("suspects")).isEmpty();
    assertThat(certificate.path("parameters")).hasSize(8);
    for (JsonNode block : certificate.path("parameters")) {
      assertThat(block.path("toDirect").asDouble()).isZero();
      assertThat(block.path("toReference").asDouble()).isLessThan(1e-12);
      assertThat(block.path("toSlope").asDouble()).isLessThan(1e-12);
    }
    assertThat(certificate.path("solvers").size()).isGreaterThan(80);
    assertThat(certificate.path("advice").path("reason")).hasSize(2);
  }

  @Test
  void aWrongDerivativeIsNamedAndEndsWithThree() {
    CommandLine command = new CommandLine(new CheckCommand(CheckCommandTest::spoilt));
    assertThat(execute(command, DIGITS, "--samples", "4"))
        .isEqualTo(ExitCode.NOT_CERTIFIED)
        .isEqualTo(3);
    assertThat(out.toString())
        .contains("the stage after the solve: the derivative of SpoiltTanh (spoilt-tanh)")
        .contains("by operand 0 of sample[96]", "is wrong, relative error")
        .contains("Put its vector-Jacobian product right.")
        .containsPattern("field\\.0\\.weight .*FAILS")
        .containsPattern("head\\.weight .*ok")
        .contains("The gradient is NOT certified: 6 of 8 parameters fail");
  }

  @Test
  void aCheckThatFailsItselfEndsWithOneAndSaysNothingOfTheModel() {
    CommandLine command =
        new CommandLine(
            new CheckCommand(
                model -> {
                  throw new IllegalStateException("a machine was lost");
                }));
    command.setExecutionExceptionHandler(new FailureReport());
    assertThat(execute(command, DIGITS)).isEqualTo(ExitCode.FAILURE).isEqualTo(1);
    assertThat(error.toString()).contains("a machine was lost");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpTellsTheExitCodesApart() {
    CommandLine whole = Anabranch.commandLine((configuration, options) -> 0);
    assertThat(execute(whole, "check", "--help")).isZero();
    assertThat(out.toString())
        .contains("0 the gradient is certified", "1 the check itself failed", "2 usage")
        .contains("3 the gradient is not certified");
  }

  @Test
  void aDampedLeapfrogIsNotAdvisedAsIfItWereUndamped() {
    assertThat(check("solver.damping=0.8")).as(error.toString()).isEqualTo(ExitCode.OK);
    String text = out.toString();
    assertThat(text)
        .containsPattern("\\* alf as configured +8 steps")
        .doesNotContain("The solver stays")
        .contains("solver.damping = 1.0");
    assertThat(text.contains("gradient = reversible"))
        .isEqualTo(text.contains("  solver.method = alf"));
  }

  private static Pipeline spoilt(Pipeline right) {
    return new Pipeline(
        right.layout(),
        right.stem(),
        right.field(),
        right.method(),
        right.stepping(),
        right.mode(),
        right.objective(),
        null,
        new SpoiltTanh(right.field().dimension()));
  }

  @Test
  void mistakesAreSentencesAndEndWithTwo() {
    CommandLine whole = Anabranch.commandLine((configuration, options) -> 0);
    assertThat(execute(whole, "check", DIGITS, "--samples", "33")).isEqualTo(ExitCode.MISTAKE);
    assertThat(error.toString())
        .isEqualTo(
            "command line: --samples is 33; it must be from 1 to 32, the samples of a block. Write"
                + " for example --samples 8.\n");
    error.getBuffer().setLength(0);
    int code =
        check(
            "solver.method=dopri5",
            "solver.stepping=adaptive",
            "solver.max-steps=1",
            "solver.rtol=1e-7");
    assertThat(code).isEqualTo(ExitCode.MISTAKE);
    assertThat(error.toString())
        .contains("cannot be solved as configured: the limit of steps was reached")
        .doesNotContain("Exception");
    assertThat(out.toString()).isEmpty();
  }
}
